/** Progress on standard error: on a terminal one line that is rewritten, elsewhere a line every few seconds. */
export function progressWriter(stream: NodeJS.WriteStream = process.stderr) {
  const EVERY_MS = 3000
  let topicNow = ''
  let lineNow = ''
  let printed = 0
  const end = () => {
    if (stream.isTTY && topicNow) stream.write('\n')
    topicNow = ''
  }
  return {
    say(topic: string, line: string) {
      if (line === lineNow && topic === topicNow) return
      if (stream.isTTY) {
        if (topic !== topicNow) end()
        stream.write(`\r\u001B[2K${line}`)
      } else if (topic !== topicNow || Date.now() - printed > EVERY_MS) {
        stream.write(`${line}\n`)
        printed = Date.now()
      }
      topicNow = topic
      lineNow = line
    },
    end,
  }
}
