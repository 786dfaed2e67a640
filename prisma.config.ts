import path from 'node:path'
import { defineConfig } from 'prisma/config'

// Prisma's own schema engine is a download; ours runs the same engine as WebAssembly from the registry.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.join(import.meta.dirname, 'scripts/schema-engine.mjs')
process.env.CHECKPOINT_DISABLE ??= '1'

const fts = ['caption_fts', 'caption_fts_data', 'caption_fts_idx', 'caption_fts_docsize', 'caption_fts_config']

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'file:./data/recaption.db' },
  experimental: { externalTables: true },
  tables: { external: fts }, // FTS5's tables are not Prisma's: without this `migrate dev` wants to drop them
})
