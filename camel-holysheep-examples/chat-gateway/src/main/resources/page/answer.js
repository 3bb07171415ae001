// One answer from its question to its last event, whatever becomes of the connection meanwhile.
import { Broken } from './failures.js'

const LONGEST_WAIT_MILLIS = 5_000

/**
 * Asks, and yields what the page has to show:
 *   { answer }        its id, as soon as it is known
 *   { event }         each event once, in order, the last one being `usage` or `error`
 *   { reconnecting }  how often that was tried, from 1, while the connection is gone
 *
 * Throws Refused where the gateway does not answer, or does not know the answer any more; Broken where
 * it cannot be reached, or not again within its patience.
 *
 * @param transport how the gateway is reached
 * @param request model and messages
 * @param clock now() in milliseconds, and wait(milliseconds, signal)
 * @param patienceMillis how long the gateway keeps an answer that nobody reads
 */
export async function* follow(transport, request, { signal, clock, patienceMillis }) {
  let answer = null
  let next = 0
  let tries = 0
  let heard = clock.now()
  for (;;) {
    try {
      const stream =
        answer === null ? transport.ask(request, signal) : transport.resume(answer, next - 1, signal)
      for await (const item of stream) {
        heard = clock.now()
        tries = 0
        if (item.event === undefined) {
          answer = item.answer
          yield { answer }
        } else if (item.event.index >= next) {
          next = item.event.index + 1
          yield { event: item.event }
          if (isLast(item.event)) {
            return
          }
        }
      }
      throw new Broken('The connection broke.')
    } catch (failure) {
      // Without its id an answer cannot be read on, and asking again might ask twice.
      if (!(failure instanceof Broken) || answer === null) {
        throw failure
      }
      if (clock.now() - heard > patienceMillis) {
        throw new Broken('The connection could not be made again in time. Please ask again.')
      }
      tries++
      yield { reconnecting: tries }
      await clock.wait(Math.min(250 * 2 ** (tries - 1), LONGEST_WAIT_MILLIS), signal)
    }
  }
}

export function isLast(event) {
  return event.type === 'usage' || event.type === 'error'
}

/** The clock of the browser. */
export const clock = {
  now: () => performance.now(),
  wait: (millis, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, millis)
      signal?.addEventListener('abort', () => {
        clearTimeout(timer)
        reject(signal.reason)
      })
    }),
}
