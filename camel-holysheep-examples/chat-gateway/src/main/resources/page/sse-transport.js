// Answers as server-sent events, read with fetch: an EventSource can only GET, and tells no status.
import { Broken, Refused } from './failures.js'

export function sseTransport(base = '/api/stream') {
  async function* read(url, options) {
    const reply = await fetch(url, options).catch((cause) => {
      throw isAbort(cause) ? cause : new Broken('The gateway cannot be reached.')
    })
    if (!reply.ok) {
      throw await Refused.from(reply)
    }
    yield { answer: reply.headers.get('Answer-Id') }
    try {
      for await (const data of eventsOf(reply.body)) {
        yield { event: JSON.parse(data) }
      }
    } catch (cause) {
      throw isAbort(cause) ? cause : new Broken('The connection broke.')
    }
  }

  return {
    /** Yields the answer's id and then its events. Throws Refused or Broken. */
    ask: (request, signal) =>
      read(base, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(request),
        signal,
      }),

    /** The same from the event after that index on. */
    resume: (answer, after, signal) =>
      read(`${base}/${encodeURIComponent(answer)}`, { headers: { 'Last-Event-ID': String(after) }, signal }),

    /** Ends an answer; its stream says so. */
    stop: async (answer) => {
      await fetch(`${base}/${encodeURIComponent(answer)}`, { method: 'DELETE' })
    },
  }
}

function isAbort(cause) {
  return cause?.name === 'AbortError'
}

/** The data of each event. An event without its blank line was cut, and is none. */
async function* eventsOf(body) {
  let rest = ''
  let data = []
  for await (const piece of textOf(body)) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop()
    for (const line of lines) {
      if (line.startsWith('data:')) {
        data.push(line.slice(5).trimStart())
      } else if (line === '' && data.length > 0) {
        yield data.join('\n')
        data = []
      }
    }
  }
}

/** Not every browser iterates over streams. */
async function* textOf(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      yield read.value
    }
  } finally {
    reader.cancel().catch(() => {})
  }
}
