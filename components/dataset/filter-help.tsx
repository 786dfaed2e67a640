import { FIELDS } from '@/lib/sample/fields'
import { Dialog } from '../ui/dialog'

const EXAMPLES: [string, string][] = [
  ['red bus', 'a caption says red, and a caption says bus'],
  ['"red bus"', 'those words side by side'],
  ['kind:alt words:<4', 'the alt text has fewer than four words'],
  ['kind:short begins:"a photo"', 'the short caption begins with those words, in any letter case'],
  ['flag:boilerplate OR flag:url', 'one flag or the other'],
  ['missing:detailed -dropped:yes', 'no detailed caption yet, and not dropped'],
  ['(kind:short standing:pending) width:>=512', 'parentheses keep together what belongs together'],
]

export function FilterHelp({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} informs title="How filters are written" description="The same words work here, in addresses, on the command line and in the API.">
      <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1 max-sm:grid-cols-1">
        {EXAMPLES.map(([text, says]) => <div key={text} className="contents"><dt><code className="font-mono text-accent">{text}</code></dt><dd className="text-soft">{says}</dd></div>)}
      </dl>
      <h3 className="mt-4 mb-1 font-semibold">Fields</h3>
      <dl className="grid grid-cols-[max-content_1fr] gap-x-4">
        {FIELDS.map((field) => <div key={field.name} className="contents"><dt><code className="font-mono">{field.name}:{field.type === 'number' ? '>=1' : field.type === 'yesno' ? 'yes' : ''}</code></dt><dd className="text-soft">{field.says}{field.values && ` (${field.values.join(', ')})`}{field.note && `; ${field.note}`}</dd></div>)}
        <dt><code className="font-mono">meta.column:</code></dt><dd className="text-soft">any column that came with the data</dd>
      </dl>
    </Dialog>
  )
}
