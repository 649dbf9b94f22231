// Says to whoever is away when the page is about to be locked, and lets them say that they are here. What is written
// on the page stays where it is, locked or not.
const WARNED_BEFORE = 120 // seconds

export function warnOfIdleTime() {
  const box = document.querySelector('[data-idle]')
  if (!box) return
  const form = box.querySelector('form')
  let waiting

  function wait() {
    box.hidden = true
    clearTimeout(waiting)
    waiting = setTimeout(() => {
      box.hidden = false
      box.focus()
    }, (Number(box.dataset.idle) - WARNED_BEFORE) * 1000)
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const answer = await fetch(form.action, { method: 'POST', body: new FormData(form), redirect: 'manual' })
    if (answer.ok) wait()
    else box.querySelector('[data-idle-late]').hidden = false
  })
  wait()
}
