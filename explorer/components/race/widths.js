// About how wide a text of 13 pixels is: Chinese and Japanese characters, from CJK radicals on, are as wide as high.
export function widthOf(text) {
  return [...text].reduce((width, character) => width + (character < "\u2e80" ? 6.5 : 13), 0)
}
