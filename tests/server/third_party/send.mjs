// Sends a file to an upload's address with tus-js-client: node send.mjs URL FILE TOKEN CHUNK [STOP]
// Prints {"offset": …} and what it asked for, one JSON line each. STOP: break off after so many bytes.
import { readFileSync } from 'node:fs'
import { Upload } from 'tus-js-client'

const [url, file, token, chunk, stop] = process.argv.slice(2)
const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`)

const upload = new Upload(readFileSync(file), {
  uploadUrl: url,
  chunkSize: Number(chunk),
  retryDelays: null,
  headers: { Authorization: `Bearer ${token}` },
  onAfterResponse(request, response) {
    say({ method: request.getMethod(), status: response.getStatus() })
  },
  onChunkComplete(size, accepted) {
    say({ offset: accepted })
    if (stop !== undefined && accepted >= Number(stop)) {
      upload.abort().then(() => process.exit(0))
    }
  },
  onError(error) {
    say({ error: String(error) })
    process.exit(1)
  },
  onSuccess() {
    say({ done: true })
  },
})
upload.start()
