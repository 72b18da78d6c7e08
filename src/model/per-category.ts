import { CATEGORIES, type Category } from '../domain/verdict.js'

/** A record of every category; `index` is the category's place in CATEGORIES, so in a row of logits. */
export function perCategory<Value>(
  give: (category: Category, index: number) => Value,
): Readonly<Record<Category, Value>> {
  const at = (category: Category): Value => give(category, CATEGORIES.indexOf(category))
  return {
    abusive: at('abusive'),
    profanity: at('profanity'),
    insult: at('insult'),
    hate: at('hate'),
    sexual: at('sexual'),
    threat: at('threat'),
    mild: at('mild'),
  }
}
