import BadWords from 'badwords-ko'
import { check } from 'korcen'
import {
  englishDataset,
  englishRecommendedTransformers,
  RegExpMatcher,
  skipNonAlphabeticTransformer,
} from 'obscenity'
import { plainSystem, type System } from './system.js'

/** Word filters for Korean from npm, as their READMEs use them. */
export const koreanPeers = (): readonly System[] => {
  const badWords = new BadWords()
  return [
    plainSystem('korcen', (text) => check(text)),
    plainSystem('badwords-ko', (text) => badWords.isProfane(text)),
  ]
}

/** obscenity's English preset, and the same with the transformer that skips what is no letter. */
export const englishPeers = (): readonly System[] => {
  const { blacklistMatcherTransformers, whitelistMatcherTransformers } = englishRecommendedTransformers
  const preset = new RegExpMatcher({ ...englishDataset.build(), ...englishRecommendedTransformers })
  const skipping = new RegExpMatcher({
    ...englishDataset.build(),
    blacklistMatcherTransformers: [
      ...(blacklistMatcherTransformers ?? []).slice(0, -1),
      skipNonAlphabeticTransformer(),
      ...(blacklistMatcherTransformers ?? []).slice(-1),
    ],
    whitelistMatcherTransformers: whitelistMatcherTransformers ?? [],
  })
  return [
    plainSystem('obscenity', (text) => preset.hasMatch(text)),
    plainSystem('obscenity+skip', (text) => skipping.hasMatch(text)),
  ]
}
