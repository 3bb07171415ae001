// Markdown of models as elements. It is not to be trusted: a model repeats what it has read.
import DOMPurify from '/lib/purify.js'
import { marked } from '/lib/marked.js'

const ALLOWED = {
  ALLOWED_TAGS: [
    ...['p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'blockquote', 'pre', 'code'],
    ...['em', 'strong', 'del', 'a', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'sub', 'sup'],
  ],
  ALLOWED_ATTR: ['href', 'title', 'start', 'align'],
  ALLOWED_URI_REGEXP: /^(https?|mailto):/i,
  RETURN_DOM_FRAGMENT: true,
}

// The page and its messages have the first two levels of headings.
marked.use({
  walkTokens: (token) => {
    if (token.type === 'heading') {
      token.depth = Math.min(6, token.depth + 2)
    }
  },
})

DOMPurify.addHook('afterSanitizeAttributes', (element) => {
  if (element.tagName === 'A') {
    element.setAttribute('target', '_blank')
    element.setAttribute('rel', 'noopener noreferrer')
  }
})

export function markdown(text) {
  return DOMPurify.sanitize(marked.parse(text, { gfm: true, breaks: true }), ALLOWED)
}
