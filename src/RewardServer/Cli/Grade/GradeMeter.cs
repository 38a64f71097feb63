using System.Globalization;
using RewardServer.Jobs.Results;

namespace RewardServer.Cli.Grade;

/// <summary>How far a run is, and how fast. Set by one thread, read by others.</summary>
/// <param name="input">What is read; its position tells how far the run is.</param>
/// <param name="before">What was graded before this run.</param>
/// <param name="time">The clock.</param>
internal sealed class GradeMeter(Stream input, RunTally before, TimeProvider time)
{
    private readonly long start = time.GetTimestamp();
    private RunTally? tally;
    private (double Share, long At)? first;

    /// <summary>The share of the input that was read, from 0 to 1; null where its length is not known.</summary>
    public double? ShareRead => input is FileStream { CanSeek: true, Length: > 0 } file ? Math.Clamp((double)file.Position / file.Length, 0, 1) : null;

    /// <summary>The run in a line.</summary>
    public string Line
    {
        get
        {
            var now = Volatile.Read(ref tally) ?? before;
            var graded = now.Samples - before.Samples;
            var seconds = Math.Max(time.GetElapsedTime(start).TotalSeconds, 1e-3);
            string?[] parts =
            [
                string.Create(CultureInfo.InvariantCulture, $"{now.Samples:N0} graded, {graded / seconds:N0}/s"),
                Left is { } left ? $"{Words(left)} left" : null,
                now.MeanReward is { } mean ? string.Create(CultureInfo.InvariantCulture, $"mean reward {mean:F4}") : null,
                now.Skipped > 0 ? string.Create(CultureInfo.InvariantCulture, $"{now.Skipped:N0} skipped") : null,
                now.Failed > 0 ? string.Create(CultureInfo.InvariantCulture, $"{now.Failed:N0} failed") : null,
            ];
            return string.Join(", ", parts.OfType<string>());
        }
    }

    // What is passed over at a resumption goes fast, and tells nothing of the rest.
    private TimeSpan? Left => first is { } begun && ShareRead is { } share && share > begun.Share && share < 1
        ? time.GetElapsedTime(begun.At) * ((1 - share) / (share - begun.Share))
        : null;

    /// <summary>Tells what the run has come to.</summary>
    public void Set(RunTally now)
    {
        first ??= (ShareRead ?? 0, time.GetTimestamp());
        Volatile.Write(ref tally, now);
    }

    private static string Words(TimeSpan left) => left.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{left.TotalHours:F1} h")
        : left.TotalMinutes >= 1 ? $"{(int)Math.Round(left.TotalMinutes)} min" : $"{(int)Math.Ceiling(left.TotalSeconds)} s";
}
