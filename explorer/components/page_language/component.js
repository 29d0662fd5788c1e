import { nameLanguage } from "./language.js"

export default function ({ data }) {
  nameLanguage(data.tag)
}
