// One message of the conversation, on the page.
import { figures } from './figures.js'
import { markdown } from './markdown.js'

const template = document.getElementById('said')

function article(who, kind) {
  const element = template.content.firstElementChild.cloneNode(true)
  element.classList.add(kind)
  element.querySelector('header h2').textContent = who
  return element
}

export function question(text) {
  const element = article('You', 'own')
  element.querySelector('.text').textContent = text
  return element
}

/** An answer that grows. Markdown is made anew at most once a frame, and less often where that takes long. */
export function answer(model, changed) {
  const element = article(model, 'answer')
  const find = (selector) => element.querySelector(selector)
  let text = ''
  let due = false
  let rest = 0
  element.classList.add('writing')

  function draw() {
    due = false
    const began = performance.now()
    find('.text').replaceChildren(markdown(text))
    changed()
    rest = 4 * (performance.now() - began)
  }

  function drawSoon() {
    if (!due) {
      due = true
      setTimeout(() => requestAnimationFrame(() => due && draw()), rest)
    }
  }

  return {
    element,
    text: () => text,
    add(piece) {
      text += piece
      drawSoon()
    },
    think(piece) {
      find('.reasoning').hidden = false
      find('.reasoning div').append(piece)
      changed()
    },
    note(words) {
      find('.figures').textContent = words
      find('footer').hidden = false
    },
    trouble(words) {
      find('.trouble').textContent = words
      find('.trouble').hidden = words === ''
      changed()
    },
    end(usageEvent) {
      element.classList.remove('writing')
      draw()
      if (usageEvent) {
        this.note(figures(usageEvent))
      }
    },
    action(name, label, act) {
      const button = document.createElement('button')
      button.type = 'button'
      button.textContent = name
      button.setAttribute('aria-label', label)
      button.addEventListener('click', () => act(button))
      find('.actions').append(button)
      find('footer').hidden = false
      return button
    },
  }
}
