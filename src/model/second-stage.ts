import type { Versions } from '../domain/verdict.js'
import { ModelLoadError } from '../errors.js'
import { type KindThresholds, thresholdsByKind } from './judge.js'
import { flaggedAlone } from './linear-section.js'
import { type Artifact, describedArtifact, shortSha256 } from './manifest.js'
import { decidingOf, type SecondSection } from './second-section.js'

/** An artifact that is asked about what another one leaves in doubt. */
export interface SecondStage {
  readonly artifact: Artifact
  readonly section: SecondSection
  /** Of both together. */
  readonly thresholds: KindThresholds
  /** Of both together. */
  readonly versions: Omit<Versions, 'rules'>
}

/** Puts a verified artifact after another one. Throws `ModelLoadError` when it was not made for that. */
export function secondStageOf(first: Artifact, artifact: Artifact): SecondStage {
  const section = sectionOf(artifact)
  const problems = [...problemsOf(first, artifact, section)]
  if (problems.length > 0)
    throw new ModelLoadError(`the second model ${artifact.folder} ${problems.join('; it ')}`)
  const { thresholds, boardThresholds } = section
  return {
    artifact,
    section,
    thresholds: thresholdsByKind(thresholds, boardThresholds),
    versions: {
      ...first.versions,
      model: `${first.versions.model}/${artifact.versions.model}`,
      thresholds: shortSha256(JSON.stringify([first.versions.thresholds, ...decidingOf(section)])),
    },
  }
}

/** What the manifests of two folders say; files are not looked at. Throws `ModelLoadError`. */
export async function describedStage(first: string, second: string): Promise<SecondStage> {
  return secondStageOf(await describedArtifact(first), await describedArtifact(second))
}

function sectionOf({ second, folder }: Artifact): SecondSection {
  if (second !== undefined) return second
  throw new ModelLoadError(
    `the model ${folder} cannot be a second one: its manifest.json has no section "second", which training ` +
      'adds for the model it comes after; use it alone (HAECHI_MODEL), or choose another HAECHI_SECOND_MODEL',
  )
}

function* problemsOf(first: Artifact, second: Artifact, section: SecondSection): Generator<string> {
  const name = first.versions.model
  if (section.after !== name)
    yield `was made to come after ${section.after}, not after ${name}: set HAECHI_MODEL to that one, or ` +
      'HAECHI_SECOND_MODEL to one made for this (`none`: no second model)'
  if (second.versions.tokenizer !== first.versions.tokenizer)
    yield `has another tokenizer.json (sha256 ${second.versions.tokenizer}) than ${name} ` +
      `(${first.versions.tokenizer}), whose tokens it would read: export both with the same one`
  if (second.window.tokens < first.window.tokens)
    yield `reads at most ${second.window.tokens} tokens, but ${name} gives it rows of up to ` +
      `${first.window.tokens}: export it with a window as long`
  const alone = first.linear === undefined ? [] : flaggedAlone(first.linear, first.calibration, section)
  if (alone.length > 0)
    yield `has thresholds that the linear stage of ${name} reaches without a network (${alone.join(', ')}): ` +
      'choose higher ones in its section "second"'
}
