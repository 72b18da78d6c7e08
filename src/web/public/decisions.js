import { postDecision } from './api.js'
import { t } from './language.js'
import { putCase } from './model.js'
import { say } from './notices.js'

const MAX_UNDO = 50

/**
 * Sends decisions. A decided case leaves the list at once and comes back when saving fails; the last
 * decisions of this page can be undone, newest first, also while they are still on their way.
 */
export const createDecisions = (model, render) => {
  let made = []

  const send = async (item, input) => {
    const result = await postDecision(item.id, input)
    model.pending.delete(item.id)
    const name = item.user.name
    if (result.kind === 'failed') say(t('failed', { reason: result.reason }))
    else putCase(model, result.case)
    if (result.kind === 'conflict') say(t('conflict', { name }))
    if (result.kind === 'done' && input.decision === 'undo') {
      model.selectedId = item.id
      say(t('done_undo', { name }))
    }
    render()
    return result.kind === 'done'
  }

  const undoCase = (item) => send(item, { decision: 'undo' })

  const undo = async () => {
    const last = made.pop()
    if (last === undefined) return say(t('nothingToUndo'))
    if (await last.saved) await undoCase(last.item)
  }

  const decide = (item, input) => {
    const words = t(`done_${input.decision}`, { name: item.user.name })
    // An escalated case stays open for whoever can decide it, and open cases have nothing to undo.
    if (input.decision === 'escalate') {
      say(words)
      void send(item, input)
      return
    }
    model.pending.add(item.id)
    say(words, undo)
    made = [...made.slice(1 - MAX_UNDO), { item, saved: send(item, input) }]
    // At once: the selection must have moved on before the answer comes.
    render.now()
  }

  return { decide, undo, undoCase }
}
