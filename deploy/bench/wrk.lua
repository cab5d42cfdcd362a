done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("requests=%d errors=%d seconds=%.3f p50=%.3f p99=%.3f p999=%.3f\n", summary.requests,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout, summary.duration / 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency:percentile(99.9) / 1000))
end
