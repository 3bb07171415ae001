// What the transport of useChat, of Vercel's AI SDK, makes of the gateway. Its address is in GATEWAY_URL.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as ai5 from 'ai-5'
import * as ai6 from 'ai'

for (const [version, ai] of [['6', ai6], ['5', ai5]]) {
  const transport = new ai.DefaultChatTransport({ api: process.env.GATEWAY_URL + '/api/chat' })

  async function send(text, history = [], abortSignal = undefined) {
    const question = { id: 'm1', role: 'user', parts: [{ type: 'text', text }] }
    return transport.sendMessages({
      trigger: 'submit-message',
      chatId: 'c1',
      messageId: undefined,
      messages: [...history, question],
      abortSignal,
    })
  }

  async function last(stream) {
    let message = null
    for await (const state of ai.readUIMessageStream({ stream, terminateOnError: true })) {
      message = state
    }
    return message
  }

  const text = (message) => message.parts.filter((part) => part.type === 'text').map((part) => part.text).join('')

  test(`ai ${version}: a message with its text and usage`, async () => {
    const message = await last(await send('[[echo]]Hello sheep 🐑'))
    assert.equal(text(message), 'Hello sheep 🐑')
    assert.equal(message.role, 'assistant')
    assert.equal(message.metadata.finishReason, 'stop')
    assert.ok(message.metadata.usage.completion_tokens > 0)
  })

  test(`ai ${version}: reasoning is a part of its own`, async () => {
    const message = await last(await send('[[reasoning=5]][[tokens=5]]Hello'))
    assert.ok(message.parts.some((part) => part.type === 'reasoning' && part.text.length > 0))
    assert.ok(text(message).length > 0)
  })

  test(`ai ${version}: the conversation is sent`, async () => {
    const said = { id: 'm0', role: 'assistant', parts: [{ type: 'text', text: 'Earlier.' }] }
    const asked = { id: 'm-1', role: 'user', parts: [{ type: 'text', text: 'First.' }] }
    assert.ok(text(await last(await send('[[echo]]Second.', [asked, said]))) === 'Second.')
  })

  test(`ai ${version}: a refusal throws in words`, async () => {
    await assert.rejects(send('[[status=400]]Hello'), /Simulated error 400/)
  })

  test(`ai ${version}: a failure in the middle is an error`, async () => {
    const stream = await send('[[tokens=9]][[cut=4]]Hello')
    await assert.rejects(last(stream), /not whole/)
  })

  test(`ai ${version}: an abort ends the stream`, async () => {
    const controller = new AbortController()
    const stream = await send('[[tokens=90]][[stall=3]]Hello', [], controller.signal)
    const reader = stream.getReader()
    await assert.rejects(async () => {
      for (;;) {
        const { done, value } = await reader.read()
        assert.ok(!done, 'the answer does not end by itself')
        if (value.type === 'text-delta') {
          controller.abort()
        }
      }
    }, { name: 'AbortError' })
  })
}
