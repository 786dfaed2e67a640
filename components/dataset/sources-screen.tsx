'use client'

import { DataFrame } from './data-frame'
import { FetchPanel } from './fetch-panel'
import { SidecarPanel } from './sidecar-panel'

/** Where the data came from: is that still the same, and is all of it here? */
export function SourcesScreen({ dataset }: { dataset: string }) {
  return (
    <DataFrame dataset={dataset} title="Is it still what was read, and is all of it here?">
      <FetchPanel dataset={dataset} />
      <SidecarPanel dataset={dataset} />
    </DataFrame>
  )
}
