"""Photos: reading, orientation, renditions, metadata. No Qt."""

import os

# Pillow reads it when it is imported. Blocks of its usual 16 MiB stay in the C library’s heap after
# a large photo was read, once for each thread that read one; larger blocks go back to the system.
os.environ.setdefault("PILLOW_BLOCK_SIZE", "64m")
