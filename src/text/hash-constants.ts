/**
 * FNV-1a over code points (www.isthe.com/chongo/tech/comp/fnv), and the factor of half of lowbias32's finish
 * (github.com/skeeto/hash-prospector) so that the low bits depend on all. Models are trained on these.
 */
export const BASIS = 2166136261
export const PRIME = 16777619
export const FINISH = 0x2c1b3c6d
