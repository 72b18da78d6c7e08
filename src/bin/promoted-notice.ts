import type { Config } from '../config-schema.js'
import type { ModelChoice } from '../model/model-choice.js'
import { promotionFile } from '../model/promotion-file.js'

/**
 * Says on standard error that a promotion chose the model, since nothing on the command line does: one line, and
 * none when it was a setting or the model that ships.
 */
export const tellPromoted = ({ promotion }: ModelChoice, { data }: Config): void => {
  if (promotion === undefined) return
  process.stderr.write(
    `haechi: this is the promoted model ${promotion.id}@${promotion.version} (${promotionFile(data)}); ` +
      '--model DIR takes another\n',
  )
}
