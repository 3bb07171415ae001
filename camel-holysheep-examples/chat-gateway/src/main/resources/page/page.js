// The page: what is on it, and what people do with it.
import { clock, follow } from './answer.js'
import { Broken, Refused } from './failures.js'
import * as message from './message.js'
import { remembered } from './remembered.js'
import { socketTransport } from './socket-transport.js'
import { sseTransport } from './sse-transport.js'

const SUGGESTIONS = ['Why do people count sheep?', 'Explain backpressure in three sentences.', 'Tell me a short story.']

const $ = (id) => document.getElementById(id)
const transports = {
  sse: sseTransport(),
  socket: socketTransport(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/socket`),
}

let settings = null
let messages = []
let current = null
let retry = null

async function start() {
  showTheme(remembered.theme() ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'))
  SUGGESTIONS.forEach(suggest)
  listen()
  const reply = await fetch('/api/settings').catch(() => null)
  if (!reply?.ok) {
    say('The gateway cannot be reached. Please reload the page when it is there again.')
    return
  }
  settings = await reply.json()
  settings.models.forEach((model) => $('model').append(new Option(model, model)))
  $('model').value = settings.models.includes(remembered.model()) ? remembered.model() : settings.model
  $('transport').value = remembered.transport() === 'socket' ? 'socket' : 'sse'
  $('notice').hidden = !settings.simulated
  $('prompt').focus()
}

function listen() {
  $('ask').addEventListener('submit', (event) => {
    event.preventDefault()
    ask($('prompt').value.trim())
  })
  $('prompt').addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault()
      $('ask').requestSubmit()
    }
  })
  $('prompt').addEventListener('input', growPrompt)
  $('stop').addEventListener('click', stop)
  document.addEventListener('keydown', (event) => event.key === 'Escape' && stop())
  $('begin-anew').addEventListener('click', beginAnew)
  $('theme').addEventListener('click', () => {
    const other = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'
    remembered.theme(other)
    showTheme(other)
  })
  $('model').addEventListener('change', () => remembered.model($('model').value))
  $('transport').addEventListener('change', () => remembered.transport($('transport').value))
}

function suggest(text) {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = text
  button.addEventListener('click', () => ask(text))
  $('suggestions').append(button)
}

async function ask(text) {
  if (text === '' || current !== null || settings === null) {
    return
  }
  $('prompt').value = ''
  growPrompt()
  $('welcome').hidden = true
  retry?.remove()
  messages.push({ role: 'user', content: text })
  $('conversation').append(message.question(text))
  await answerLast()
}

/** Asks for an answer to the conversation as it is. */
async function answerLast() {
  const shown = message.answer($('model').value, keepAtEnd)
  $('conversation').append(shown.element)
  current = { shown, id: null, controller: new AbortController(), stopped: false }
  busy(true)
  keepAtEnd(true)
  say('The model is asked.')
  try {
    await read(current)
  } catch (failure) {
    failed(current, failure)
  } finally {
    settled(current)
  }
}

async function read(asked) {
  const request = { model: $('model').value, messages: messages.slice() }
  const parts = follow(transports[$('transport').value], request, {
    signal: asked.controller.signal,
    clock,
    patienceMillis: settings.resumeSeconds * 1000,
  })
  for await (const { answer, event, reconnecting } of parts) {
    if (answer) {
      asked.id = answer
      if (asked.stopped) {
        tellToStop(asked)
      }
    } else if (reconnecting) {
      say('The connection is lost. Connecting again…')
    } else {
      take(asked.shown, event)
    }
  }
}

function take(shown, event) {
  if (event.type === 'token') {
    say('The model answers.')
    shown.add(event.content)
  } else if (event.type === 'reasoning') {
    say('The model thinks.')
    shown.think(event.content)
  } else if (event.type === 'tool_call') {
    shown.think(`\nIt asks for the tool ${event.toolCall?.name}.`)
  } else if (event.type === 'usage') {
    shown.end(event)
    say('The answer is whole.')
  } else if (event.type === 'error') {
    endWith(shown, event)
  }
}

function endWith(shown, event) {
  if (event.error === 'CallCancelledException') {
    say('Stopped.')
    shown.note('stopped')
    return
  }
  shown.trouble(`${event.message} ${kept(shown)}`.trim())
  say('The answer failed.')
  offerAgain(shown, event.retryAfterSeconds)
}

function failed({ shown, stopped }, failure) {
  if (failure.name === 'AbortError' || stopped) {
    say('Stopped.')
    shown.note('stopped')
    return
  }
  if (!(failure instanceof Refused || failure instanceof Broken)) {
    shown.trouble('The page failed. Please reload it.')
    throw failure
  }
  shown.trouble(`${failure.message} ${kept(shown)}`.trim())
  say('There is no answer.')
  offerAgain(shown, failure.retryAfter)
}

function kept(shown) {
  return shown.text() === '' ? '' : 'What had come is kept.'
}

/** The button counts down where it makes no sense to try at once. */
function offerAgain(shown, afterSeconds = 0) {
  const button = shown.action('Try again', 'Ask the same again', () => {
    retry = null
    shown.element.remove()
    if (messages.at(-1).role === 'assistant') {
      messages.pop()
    }
    answerLast()
  })
  retry = button
  let left = Math.ceil(afterSeconds)
  const count = () => {
    button.disabled = left > 0
    button.textContent = left > 0 ? `Try again in ${left} s` : 'Try again'
    if (left-- > 0) {
      setTimeout(count, 1000)
    }
  }
  count()
}

function settled(asked) {
  const { shown } = asked
  shown.end()
  if (current !== asked) {
    return
  }
  if (shown.text() !== '') {
    messages.push({ role: 'assistant', content: shown.text() })
    shown.action('Copy', 'Copy the answer', copy(shown))
  }
  current = null
  busy(false)
  $('prompt').focus()
}

function copy(shown) {
  return async () => {
    await navigator.clipboard.writeText(shown.text())
    say('Copied.')
  }
}

function stop() {
  if (current === null || current.stopped) {
    return
  }
  current.stopped = true
  if (current.id !== null) {
    tellToStop(current)
  }
}

/** Where the gateway cannot be told, the page does not wait for it. */
function tellToStop(asked) {
  transports[$('transport').value].stop(asked.id).catch(() => asked.controller.abort())
}

function beginAnew() {
  stop()
  current = null
  busy(false)
  messages = []
  $('conversation').replaceChildren()
  $('welcome').hidden = false
  say('')
  $('prompt').focus()
}

function busy(is) {
  $('send').hidden = is
  $('stop').hidden = !is
  $('model').disabled = is
  $('transport').disabled = is
}

let said = ''

/** Said once, not with each token: people who listen to the page hear it. */
function say(text) {
  if (text !== said) {
    said = text
    $('status').textContent = text
  }
}

/** Follows the text as long as its reader does. */
function keepAtEnd(always = false) {
  const page = document.documentElement
  const distance = page.scrollHeight - page.scrollTop - page.clientHeight
  if (always || distance < 160) {
    page.scrollTop = page.scrollHeight
  }
}

function growPrompt() {
  const prompt = $('prompt')
  prompt.rows = Math.min(8, prompt.value.split('\n').length)
}

function showTheme(theme) {
  document.documentElement.dataset.theme = theme
  $('theme').textContent = theme === 'dark' ? 'Light' : 'Dark'
  $('theme').setAttribute('aria-label', `Show the page ${theme === 'dark' ? 'light' : 'dark'}`)
}

start()
