// What OpenAI's own client makes of the gateway. Its address is in GATEWAY_URL, its key in GATEWAY_KEY.
import assert from 'node:assert/strict'
import test from 'node:test'
import NewOpenAI from 'openai'
import OldOpenAI from 'openai-4'

const model = 'deepseek-v3.2'
const weather = {
  type: 'function',
  function: {
    name: 'weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
}

function ask(content) {
  return { model, messages: [{ role: 'user', content }] }
}

for (const [version, OpenAI] of [['6', NewOpenAI], ['4', OldOpenAI]]) {
  const settings = { baseURL: process.env.GATEWAY_URL + '/v1', apiKey: process.env.GATEWAY_KEY, maxRetries: 0 }
  const client = new OpenAI(settings)

  test(`openai ${version}: a whole answer`, async () => {
    const answer = await client.chat.completions.create(ask('[[echo]]Hello sheep 🐑'))
    assert.equal(answer.choices[0].message.content, 'Hello sheep 🐑')
    assert.equal(answer.choices[0].finish_reason, 'stop')
    assert.ok(answer.usage.total_tokens > 0)
  })

  test(`openai ${version}: a stream with its usage`, async () => {
    const stream = await client.chat.completions.create({
      ...ask('[[echo]]Hello sheep 🐑'),
      stream: true,
      stream_options: { include_usage: true },
    })
    let text = ''
    let usage = null
    let pieces = 0
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta?.content ?? ''
      usage = chunk.usage ?? usage
      pieces++
    }
    assert.equal(text, 'Hello sheep 🐑')
    assert.ok(pieces > 2)
    assert.ok(usage.completion_tokens > 0)
  })

  test(`openai ${version}: tools are called, whole and in pieces`, async () => {
    const question = { ...ask('[[tool=weather {"city":"Zürich"}]]Will it rain?'), tools: [weather] }
    const whole = await client.chat.completions.create(question)
    assert.equal(whole.choices[0].finish_reason, 'tool_calls')
    assert.deepEqual(JSON.parse(whole.choices[0].message.tool_calls[0].function.arguments), { city: 'Zürich' })
    const stream = await client.chat.completions.create({ ...question, stream: true })
    let called = ''
    for await (const chunk of stream) {
      called += chunk.choices[0]?.delta?.tool_calls?.[0]?.function?.arguments ?? ''
    }
    assert.deepEqual(JSON.parse(called), { city: 'Zürich' })
  })

  test(`openai ${version}: what a tool said is part of the conversation`, async () => {
    const call = { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{}' } }
    const answer = await client.chat.completions.create({
      model,
      messages: [
        { role: 'user', content: '[[tool=weather]]Will it rain?' },
        { role: 'assistant', content: null, tool_calls: [call] },
        { role: 'tool', tool_call_id: 'call_1', content: 'It will.' },
      ],
      tools: [weather],
    })
    assert.match(answer.choices[0].message.content, /It will\./)
  })

  test(`openai ${version}: refusals are errors of their class`, async () => {
    await assert.rejects(client.chat.completions.create({ ...ask('Hi'), model: 'other' }), (e) => {
      assert.ok(e instanceof OpenAI.NotFoundError)
      assert.equal(e.code, 'model_not_found')
      return true
    })
    const stranger = new OpenAI({ ...settings, apiKey: 'other' })
    await assert.rejects(stranger.models.list(), OpenAI.AuthenticationError)
    await assert.rejects(
      client.chat.completions.create({ ...ask('[[status=400:too_silly]]Hi'), stream: true }),
      (e) => e instanceof OpenAI.BadRequestError && e.code === 'too_silly',
    )
  })

  test(`openai ${version}: a failure in the middle throws after the text that had come`, async () => {
    const stream = await client.chat.completions.create({ ...ask('[[tokens=9]][[cut=4]]Hi'), stream: true })
    let pieces = 0
    await assert.rejects(async () => {
      for await (const chunk of stream) {
        pieces += chunk.choices[0]?.delta?.content ? 1 : 0
      }
    })
    assert.equal(pieces, 4)
  })

  test(`openai ${version}: an abort ends the stream`, async () => {
    const stream = await client.chat.completions.create({ ...ask('[[tokens=90]][[stall=3]]Hi'), stream: true })
    let pieces = 0
    for await (const chunk of stream) {
      pieces += chunk.choices[0]?.delta?.content ? 1 : 0
      if (pieces === 3) {
        stream.controller.abort()
      }
    }
    assert.equal(pieces, 3)
  })

  test(`openai ${version}: the models`, async () => {
    const ids = []
    for await (const offered of client.models.list()) {
      ids.push(offered.id)
    }
    assert.ok(ids.includes(model))
    assert.equal((await client.models.retrieve(model)).id, model)
  })
}
