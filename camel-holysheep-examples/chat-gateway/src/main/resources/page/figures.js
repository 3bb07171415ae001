// The line under an answer: what it took.

export function figures({ model, usage = {}, latency = {}, finishReason }) {
  const parts = []
  if (usage.completion_tokens !== undefined) {
    const estimated = usage.source === 'estimated' ? ' (estimated)' : ''
    parts.push(`${usage.completion_tokens} tokens${estimated}`)
  }
  if (usage.cost !== undefined) {
    parts.push(cost(usage))
  }
  if (latency.firstTokenMillis !== undefined) {
    parts.push(`first after ${seconds(latency.firstTokenMillis)}`)
  }
  if (latency.tokensPerSecond !== undefined) {
    parts.push(`${Math.round(latency.tokensPerSecond)} tokens/s`)
  }
  if (model) {
    parts.push(model)
  }
  if (finishReason === 'length') {
    parts.push('cut at the length limit')
  } else if (finishReason === 'content_filter') {
    parts.push('cut by a content filter')
  }
  return parts.join(' · ')
}

function cost({ cost, cost_currency: currency = 'USD', cost_coverage: coverage }) {
  const amount = Number(cost)
  const digits = amount === 0 ? 0 : Math.max(2, 1 - Math.floor(Math.log10(amount)))
  const covered = coverage === 'output' ? ' for the answer' : ''
  return `${amount.toFixed(Math.min(digits, 12))} ${currency}${covered}`
}

function seconds(millis) {
  return millis < 1000 ? `${Math.round(millis)} ms` : `${(millis / 1000).toFixed(1)} s`
}
