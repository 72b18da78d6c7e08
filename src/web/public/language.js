import { STRINGS } from './strings.js'

const KEY = 'haechi-language'

const stored = () => {
  try {
    return localStorage.getItem(KEY)
  } catch {
    // Storage may be switched off; the choice then lasts as long as the page.
    return null
  }
}

let current = stored() ?? (navigator.language.startsWith('ko') ? 'ko' : 'en')

/** `en` or `ko`. */
export const language = () => (current === 'ko' ? 'ko' : 'en')

/** The words for a key, with `{name}` filled in; a key without words (a category of tomorrow) is itself. */
export const t = (key, values = {}) => {
  const words = STRINGS[language()][key] ?? key
  return words.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''))
}

/** Puts words into everything in the page that asks for them. */
export const translatePage = () => {
  document.documentElement.lang = language()
  for (const node of document.querySelectorAll('[data-t]')) node.textContent = t(node.dataset.t)
  for (const node of document.querySelectorAll('[data-t-label]')) node.ariaLabel = t(node.dataset.tLabel)
  for (const node of document.querySelectorAll('[data-t-placeholder]')) {
    node.placeholder = t(node.dataset.tPlaceholder)
  }
}

export const switchLanguage = () => {
  current = language() === 'ko' ? 'en' : 'ko'
  try {
    localStorage.setItem(KEY, current)
  } catch {
    // As above.
  }
  translatePage()
}
