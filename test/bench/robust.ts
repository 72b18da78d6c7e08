import type { Figure } from './report.js'
import { sequences } from './robust/corpus.js'
import { benchEncoder } from './robust/encoder.js'
import { writeFailures } from './robust/failures.js'
import { openHaechi } from './robust/haechi.js'
import { englishFigures, koreanFigures } from './robust/language-figures.js'
import {
  printAttacks,
  printClean,
  printNeutral,
  printNeutralFamilies,
  printPools,
} from './robust/language-tables.js'
import { type Measured, measure, planFor } from './robust/measure.js'
import { englishPeers, koreanPeers } from './robust/peers.js'
import { benchSequences } from './robust/sequence-table.js'
import type { System } from './robust/system.js'
import type { Judged } from './robust/trials.js'

const TABLES = [printClean, printAttacks, printPools, printNeutral, printNeutralFamilies]

const benchLanguage = async (
  language: 'ko' | 'en',
  haechi: System,
  peers: readonly System[],
): Promise<readonly [Measured, Judged]> => {
  const measured = await measure(planFor(language), [haechi, ...peers])
  for (const print of TABLES) print(measured)
  const [own] = measured.judged
  if (own === undefined) throw new Error('Haechi was not asked')
  return [measured, own]
}

/**
 * Attacks on lines that were written for this, judged by Haechi and by word filters in the same run: tables on
 * standard output, figures with floors to the caller, and what went wrong to `failuresPath`.
 */
export async function* benchRobust(failuresPath?: string): AsyncGenerator<Figure> {
  const haechi = await openHaechi()
  try {
    const korean = await benchLanguage('ko', haechi, koreanPeers())
    const english = await benchLanguage('en', haechi, englishPeers())
    const split = await benchSequences(haechi, koreanPeers(), sequences())
    const encoder = await benchEncoder([korean[0], english[0]])
    process.stdout.write('\n')
    yield* koreanFigures(...korean)
    yield* split.figures
    yield* englishFigures(...english)
    yield* encoder
    if (failuresPath !== undefined) writeFailures(failuresPath, [korean, english], split)
  } finally {
    await haechi.close()
  }
}
