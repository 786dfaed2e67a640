import { DataTable } from '../chart/data-table'
import { Panel } from '../ui/panel'
import { measures } from './measures'
import type { Insight } from './queries'
import { scopeName } from './scope-name'

/** The measures that are one number each. */
export const Figures = ({ columns }: { columns: readonly Insight[] }) => (
  <Panel title="Figures">
    <DataTable
      className="max-h-none"
      caption="Measures of every set of captions"
      head={['Measure', 'Unit', ...columns.map((one) => <span key={one.id}><bdi>{scopeName(one).kind}</bdi> <span className="font-normal text-faint">{scopeName(one).by}</span></span>)]}
      rows={measures.map((measure) => [<span key="l" title={measure.says}>{measure.label}</span>, <span key="u" className="text-faint" title={measure.says}>{measure.unit}</span>, ...columns.map((one) => measure.of(one.summary))])}
    />
  </Panel>
)
