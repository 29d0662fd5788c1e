// Names the language of the whole page (BCP 47), by which browsers choose among fonts and screen readers among voices.
export function nameLanguage(tag) {
  document.documentElement.lang = tag
}
