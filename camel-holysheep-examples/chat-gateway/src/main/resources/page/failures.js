// What can become of a question. Messages are words for people.

/** The gateway does not do what it is asked for. */
export class Refused extends Error {
  constructor({ status, message, retryAfter }) {
    super(message)
    this.status = status
    this.retryAfter = retryAfter
  }

  /** Made of a reply that is none of success. */
  static async from(reply) {
    const text = await reply.text().catch(() => '')
    let error = {}
    try {
      error = JSON.parse(text).error ?? {}
    } catch {
      // Something on the way answered in words of its own, which are not for people.
    }
    return new Refused({
      status: reply.status,
      message: error.message ?? `The gateway cannot be used now (status ${reply.status}).`,
      retryAfter: Number(reply.headers.get('Retry-After')) || 0,
    })
  }
}

/** The connection is gone, or never was. */
export class Broken extends Error {}
