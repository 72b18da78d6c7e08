import { Counter, collectDefaultMetrics, Gauge, Histogram, type Registry } from 'prom-client'

/** The service level is "decided within 0.3 s": that bound must be a bucket. */
const LATENCY_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.5, 0.75, 1, 2.5, 5, 10, 30, 60]
const STAGE_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1]
const ROW_BUCKETS = [1, 2, 4, 8, 16, 32, 64, 128, 256]
const TOKEN_BUCKETS = [8, 16, 32, 64, 128, 256, 512, 1024, 2048]
const SCORE_BUCKETS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]
const REBALANCE_BUCKETS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
const WAIT_BUCKETS = [1, 5, 15, 60, 300, 900, 3600]

type Factory = ReturnType<typeof factory>

const factory = (registry: Registry) => {
  const registers = [registry]
  return {
    counter: <L extends string = never>(name: string, help: string, ...labelNames: L[]) =>
      new Counter<L>({ name: `haechi_${name}`, help, labelNames, registers }),
    gauge: <L extends string = never>(name: string, help: string, ...labelNames: L[]) =>
      new Gauge<L>({ name: `haechi_${name}`, help, labelNames, registers }),
    histogram: <L extends string = never>(
      name: string,
      help: string,
      buckets: number[],
      ...labelNames: L[]
    ) => new Histogram<L>({ name: `haechi_${name}`, help, buckets, labelNames, registers }),
  }
}

const streamMetrics = ({ counter, gauge, histogram }: Factory) => ({
  consumed: counter('messages_consumed_total', 'Records taken from a source', 'topic'),
  processed: counter('messages_processed_total', 'Records with an outcome', 'outcome'),
  latency: histogram(
    'message_latency_seconds',
    'Record timestamp to durable effect',
    LATENCY_BUCKETS,
    'path',
  ),
  stage: histogram('stage_duration_seconds', 'Time in one stage', STAGE_BUCKETS, 'stage'),
  lagMessages: gauge('consumer_lag_messages', 'Records behind the end of the partition', 'partition'),
  lagSeconds: gauge('consumer_lag_seconds', 'Age of the oldest record not yet judged', 'partition'),
  laneMessages: gauge('lane_messages', 'Records waiting in lanes'),
  pausedPartitions: gauge('paused_partitions', 'Partitions paused by back-pressure'),
  assignedPartitions: gauge('assigned_partitions', 'Partitions owned by this process'),
  inflight: gauge('inflight_messages', 'Records being judged'),
  rebalances: counter('rebalances_total', 'Group assignments received'),
  rebalanceSeconds: histogram(
    'rebalance_duration_seconds',
    'From asking to join to having joined',
    REBALANCE_BUCKETS,
  ),
  crashes: counter('consumer_crashes_total', 'Consumer crashes', 'restart'),
  commits: counter('offset_commits_total', 'Offset commits', 'result'),
  redeliveries: counter('redeliveries_total', 'Records delivered again and skipped by the watermark'),
  deadLetters: counter('dead_letters_total', 'Records that could not be judged', 'reason'),
})

const modelMetrics = ({ counter, gauge, histogram }: Factory) => ({
  batchMessages: histogram('inference_batch_messages', 'Rows in a batch', ROW_BUCKETS),
  batchTokens: histogram('inference_batch_tokens', 'Rows x longest of a batch', TOKEN_BUCKETS),
  tokens: counter('inference_tokens_total', 'Tokens through the model', 'kind'),
  inferenceErrors: counter('inference_errors_total', 'Failed batches', 'reason'),
  rows: counter('rows_total', 'Passages and windows of words scored', 'decided_by'),
  cache: counter('cache_requests_total', 'Exact-repeat cache', 'result'),
  verdicts: counter('verdicts_total', 'Verdicts', 'verdict', 'category'),
  filterEvidence: counter('filter_evidence_total', 'Messages that a chat filter marked', 'filter'),
  recentMessages: gauge('recent_messages', 'Messages remembered for flood and repetition'),
  score: histogram('score', 'Scores, for drift', SCORE_BUCKETS, 'category'),
  modelInfo: gauge('model_info', 'The models in use', 'model', 'version', 'sha256', 'precision'),
})

const moderationMetrics = ({ counter, gauge, histogram }: Factory) => ({
  strikes: counter('strikes_total', 'Strikes given', 'level'),
  escalations: counter('escalations_total', 'Cases opened, by suggested step', 'level'),
  alerts: counter('alerts_published_total', 'Cases put into the moderation queue', 'result'),
  outboxMessages: gauge('outbox_messages', 'Entries not yet published'),
  outboxOldest: gauge('outbox_oldest_age_seconds', 'Age of the oldest outbox entry'),
  reviewJobs: gauge('review_jobs', 'Jobs in the moderation queue', 'state'),
  reviewWait: histogram('review_wait_seconds', 'From opening a case to a decision', WAIT_BUCKETS, 'action'),
  decisions: counter('moderator_decisions_total', 'Decisions of moderators', 'decision'),
  redisSeconds: histogram('redis_command_duration_seconds', 'Redis round trips', STAGE_BUCKETS, 'op'),
  redisErrors: counter('redis_errors_total', 'Failed Redis operations', 'op'),
  dependencyUp: gauge('dependency_up', 'Whether a dependency answers', 'dependency'),
})

const edgeMetrics = ({ counter, gauge, histogram }: Factory) => ({
  twitchConnected: gauge('twitch_connected', 'Whether the chat connection is up', 'transport'),
  twitchReconnects: counter('twitch_reconnects_total', 'Chat reconnections', 'reason'),
  twitchChannels: gauge('twitch_joined_channels', 'Channels joined'),
  feedClients: gauge('feed_clients', 'Pages connected'),
  feedEvents: counter('feed_events_total', 'Events for pages', 'result'),
  httpSeconds: histogram(
    'http_request_duration_seconds',
    'HTTP requests',
    STAGE_BUCKETS,
    'route',
    'method',
    'status',
  ),
})

export type Metrics = ReturnType<typeof createMetrics>

/**
 * Every metric of the process, in base units, with labels from closed sets only (no user, text or
 * channel); a worker with 12 partitions stays under 600 series.
 */
export const createMetrics = (registry: Registry) => {
  collectDefaultMetrics({ register: registry })
  const make = factory(registry)
  const metrics = {
    ...streamMetrics(make),
    ...modelMetrics(make),
    ...moderationMetrics(make),
    ...edgeMetrics(make),
  }
  // A share has a value from the start, also when one of its two sides never happens.
  for (const result of ['hit', 'miss']) metrics.cache.inc({ result }, 0)
  for (const decided_by of ['linear', 'network', 'second']) metrics.rows.inc({ decided_by }, 0)
  return metrics
}
