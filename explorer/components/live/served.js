import { SERVED, broadcast } from "../shared/messages.js"

// Stands last on a page: what it is told, all that stands before it has been told.
export default function ({ data }) {
  broadcast(SERVED, data)
}
