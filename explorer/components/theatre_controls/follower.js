const LOST = 5000 // milliseconds after which a word that was not heard is lost, with the session that it was for

// Keeps a theatre and the server at one iteration: each is told where the other one goes.
export class Follower {
  constructor(theatre) {
    this.theatre = theatre
    this.known = null // the iteration that the server knows
    this.sent = 0 // when it was told last
  }

  // Takes what the server says: its iteration, and when what it `heard` last was sent. Where it has not heard all yet,
  // its iteration is an old one.
  follow({ iteration, heard }, send) {
    this.theatre.rested = here => this.tell(here, send)
    if (heard < this.sent && now() - this.sent < LOST) return
    if (iteration !== this.known) this.theatre.look(iteration)
    this.known = iteration
  }

  // The page is left.
  end() {
    this.theatre.rested = () => {}
    this.known = null
  }

  tell(iteration, send) {
    if (iteration === this.known) return
    this.known = iteration
    this.sent = Math.max(now(), this.sent + 1)
    send({ iteration, sent: this.sent })
  }
}

// In milliseconds, never set back as a clock may be.
const now = () => Math.round(performance.now())
