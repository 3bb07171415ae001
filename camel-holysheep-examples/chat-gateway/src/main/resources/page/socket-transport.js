// Answers over one WebSocket for the whole page, which is opened when it is needed.
import { Broken, Refused } from './failures.js'

const OPENING_MILLIS = 10_000

export function socketTransport(url) {
  let opening = null
  let questions = 0
  const listeners = new Map()

  function open() {
    opening ??= new Promise((resolve, reject) => {
      const socket = new WebSocket(url)
      const patience = setTimeout(() => socket.close(), OPENING_MILLIS)
      socket.onopen = () => {
        clearTimeout(patience)
        resolve(socket)
      }
      socket.onmessage = ({ data }) => {
        const frame = JSON.parse(data)
        listeners.get(frame.id)?.(frame)
      }
      socket.onclose = () => {
        clearTimeout(patience)
        opening = null
        reject(new Broken('The gateway cannot be reached.'))
        for (const listener of [...listeners.values()]) {
          listener({ broken: new Broken('The connection broke.') })
        }
      }
    })
    return opening
  }

  async function* talk(said, signal) {
    const socket = await open()
    const id = `q${++questions}`
    const frames = arrivals(signal)
    listeners.set(id, frames.add)
    try {
      socket.send(JSON.stringify({ ...said, id }))
      for (;;) {
        const frame = await frames.next()
        if (frame.broken) {
          throw frame.broken
        }
        if (frame.refused) {
          throw new Refused({ ...frame.refused, message: frame.refused.error.message })
        }
        yield frame
      }
    } finally {
      listeners.delete(id)
    }
  }

  return {
    ask: (request, signal) => talk({ type: 'ask', ...request }, signal),
    resume: (answer, after, signal) => talk({ type: 'resume', answer, after }, signal),
    stop: async (answer) => {
      const socket = await open()
      socket.send(JSON.stringify({ type: 'stop', id: `q${++questions}`, answer }))
    },
  }
}

/** Frames in order, for one who waits for the next. */
function arrivals(signal) {
  const waiting = []
  let wake = () => {}
  const add = (frame) => {
    waiting.push(frame)
    wake()
  }
  signal?.addEventListener('abort', () => wake())
  return {
    add,
    async next() {
      while (waiting.length === 0) {
        signal?.throwIfAborted()
        await new Promise((resolve) => (wake = resolve))
      }
      return waiting.shift()
    },
  }
}
