/**
 * The schema, one script a version (`PRAGMA user_version`); a released script never changes. Free text goes
 * in as JSON because the driver cuts strings at NUL and replaces lone surrogates.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE watermarks (partition TEXT PRIMARY KEY, next INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE seen (id TEXT PRIMARY KEY, at_ms INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX seen_by_age ON seen (at_ms);
  CREATE TABLE strikes (user TEXT PRIMARY KEY, score REAL NOT NULL, at_ms INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE fragments (user TEXT PRIMARY KEY, window TEXT NOT NULL, at_ms INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX fragments_by_age ON fragments (at_ms);

  CREATE TABLE cases (
    id TEXT PRIMARY KEY,
    user TEXT NOT NULL,
    channel TEXT NOT NULL,
    state TEXT NOT NULL,
    record TEXT NOT NULL,
    strikes REAL NOT NULL,
    opened_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    changed INTEGER NOT NULL,
    revision INTEGER NOT NULL DEFAULT 0,
    job_id TEXT NOT NULL,
    decision TEXT,
    forgiven TEXT,
    closed_ms INTEGER
  ) WITHOUT ROWID;
  CREATE UNIQUE INDEX one_open_case ON cases (user) WHERE state IN ('open', 'claimed');
  CREATE INDEX cases_by_change ON cases (changed);
  CREATE INDEX cases_by_state ON cases (state, changed);
  CREATE INDEX cases_by_channel ON cases (channel, state, changed);
  CREATE INDEX cases_by_closing ON cases (closed_ms) WHERE closed_ms IS NOT NULL;
  CREATE TABLE case_lines (
    case_id TEXT NOT NULL,
    severity REAL NOT NULL,
    line TEXT NOT NULL,
    PRIMARY KEY (case_id, line)
  ) WITHOUT ROWID;
  CREATE TABLE case_events (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, case_id TEXT NOT NULL);

  CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    partition TEXT NOT NULL,
    entry TEXT NOT NULL,
    at_ms INTEGER NOT NULL
  );
  CREATE INDEX outbox_by_partition ON outbox (partition, id);
  CREATE TABLE jobs (id TEXT PRIMARY KEY, data TEXT, at_ms INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX jobs_done ON jobs (at_ms) WHERE data IS NULL;

  CREATE TABLE verdicts (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, value TEXT NOT NULL);
  CREATE TABLE decisions (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, value TEXT NOT NULL);
  CREATE TABLE dead_letters (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    reason TEXT NOT NULL,
    topic TEXT NOT NULL,
    partition INTEGER NOT NULL,
    offset INTEGER NOT NULL,
    detail TEXT NOT NULL,
    key BLOB,
    value BLOB,
    traceparent TEXT
  )
  `,
]
