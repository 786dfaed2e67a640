import type { Certification, Manifest, ReleaseRequest } from './schema'
import { BlendSpec } from '@/lib/blend/schema'
import pkg from '../../package.json' with { type: 'json' }
import type { Tally } from './tally'

type Made = {
  dataset: { name: string; licence: string; note: string }
  request: ReleaseRequest
  tally: ReturnType<Tally['result']>
  excluded: Manifest['excluded']
  certification: readonly Certification[]
  proof: Manifest['proof']
  files: Manifest['files']
}

/**
 * The manifest of a release. The same inputs give the same manifest: no clock, no run or database id, no place on this
 * machine stands in it.
 */
export function manifestOf({ dataset, request, tally, excluded, certification, proof, files }: Made): Manifest {
  const spec = BlendSpec.parse(request)
  return {
    app: { name: pkg.name, version: pkg.version },
    dataset,
    format: request.format,
    profile: request.profile,
    images: request.images,
    splits: request.splits ?? null,
    seed: spec.seed,
    filter: spec.filter,
    spec,
    samples: tally.samples,
    byKind: tally.byKind,
    byOrigin: tally.byOrigin,
    byModel: tally.byModel,
    byRecipe: tally.byRecipe,
    byStanding: tally.byStanding,
    bySplit: tally.bySplit,
    byLicence: tally.byLicence,
    p: spec.p,
    effectiveP: tally.effectiveP,
    fallbacks: tally.fallbacks,
    excluded,
    withoutImage: tally.withoutImage,
    standings: [...spec.standings].sort(),
    certification: [...certification],
    lengths: tally.lengths,
    openings: tally.openings,
    proof,
    files,
  }
}
