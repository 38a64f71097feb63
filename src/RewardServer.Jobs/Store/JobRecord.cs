using System.Data.Common;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Jobs.Results;

namespace RewardServer.Jobs.Store;

/// <summary>A job as its record in the database has it.</summary>
internal static class JobRecord
{
    // A rate over less tells nothing.
    private const double LeastSeconds = 0.2;

    /// <summary>What is selected, for <see cref="Read"/>.</summary>
    public static string Columns(StoreDialect dialect) =>
        "number, id, state, settings, rubric, rubric_hash, definition, content, row_count, rows_done, scored, skipped, failed, reward_sum, last_line, "
        + $"attempt, created, started, ended, fault, run_started, run_done, {dialect.Now} AS at, retry";

    public static string NameOf(JobState state) => state.ToString().ToLowerInvariant();

    /// <summary>The record that the reader stands at.</summary>
    public static Job Read(DbDataReader record)
    {
        var (done, state) = (record.GetInt64(9), Enum.Parse<JobState>(record.GetString(2), ignoreCase: true));
        var seconds = record.IsDBNull(20) ? 0 : (record.GetInt64(22) - record.GetInt64(20)) / 1000.0;
        return new(
            record.GetInt64(0), record.GetString(1), state, JsonSerializer.Deserialize<JobSettings>(record.GetString(3), ItemJson.Options)!,
            record.GetString(4), record.GetString(5), record.GetString(6), record.GetString(7), record.GetInt64(8), done,
            new RunTally(record.GetInt64(10), record.GetInt64(11), record.GetInt64(12), record.GetDouble(13), record.GetInt64(14)), record.GetInt64(15))
        {
            Created = TimeOf(record, 16)!.Value,
            Started = TimeOf(record, 17),
            Ended = TimeOf(record, 18),
            Fault = record.IsDBNull(19) ? null : record.GetString(19),
            Retries = record.GetInt64(23) != 0,
            RowsPerSecond = state == JobState.Running && seconds >= LeastSeconds ? (done - record.GetInt64(21)) / seconds : null,
        };
    }

    private static DateTimeOffset? TimeOf(DbDataReader record, int column) =>
        record.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(record.GetInt64(column));
}
