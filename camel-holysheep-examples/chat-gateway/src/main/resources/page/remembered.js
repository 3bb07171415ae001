// What the page remembers of its reader, where the browser lets it.

function kept(name) {
  return (value) => {
    try {
      if (value !== undefined) {
        localStorage.setItem(name, value)
      }
      return localStorage.getItem(name)
    } catch {
      return null
    }
  }
}

export const remembered = { model: kept('model'), transport: kept('transport'), theme: kept('theme') }
