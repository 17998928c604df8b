// Serves tus with @tus/server on a free port of 127.0.0.1: node serve.mjs FOLDER
// Prints {"url": …}, then each call as {"method", "offset", "status"}, one JSON line each.
import { createServer } from 'node:http'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'

const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`)
const tus = new Server({ path: '/v1/uploads', datastore: new FileStore({ directory: process.argv[2] }) })
const http = createServer((request, response) => {
  response.on('finish', () => {
    say({
      method: request.method,
      offset: request.headers['upload-offset'] ?? null,
      status: response.statusCode,
    })
  })
  return tus.handle(request, response)
})
http.listen(0, '127.0.0.1', () => say({ url: `http://127.0.0.1:${http.address().port}` }))
