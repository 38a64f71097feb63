using System.Globalization;
using System.Text;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;
using RewardServer.Jobs.Results;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Running;

namespace RewardServer.Jobs.Tests.Running;

[Collection(Alone.Name)]
public sealed class PipelineTests
{
    [Fact]
    public async Task Many_rows_are_graded_in_their_order_and_in_the_memory_of_few()
    {
        const int Rows = 200_000;
        var (next, most) = (1L, 0L);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await new GradingPipeline(new Scoring(), new SampleReader()).RunAsync(
            RowReader.ReadAsync(new Counted(Rows), cancellation: TestContext.Current.CancellationToken),
            (lines, _) =>
            {
                foreach (var line in lines)
                {
                    Assert.Equal(next++, line.Row);
                }

                if (next % (Rows / 10) == 0)
                {
                    most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
                }

                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(Rows + 1, next);
        // Their rows alone have more than 40 MB.
        Assert.InRange(most, 0, 16L << 20);
    }

    [Theory]
    [InlineData(1, false, "1|2|3|4|5|6")]
    [InlineData(1, true, "1|2,3|4|5,6")]
    [InlineData(4, false, "1,2,3,4|5,6")]
    [InlineData(2, true, "1,2,3|4,5,6")]
    public async Task Groups_are_never_parted_where_the_rubric_compares(int size, bool groups, string calls)
    {
        var grading = new Scoring { BatchSize = size, NeedsGroups = groups, Parallelism = 1 };
        var rows = "abbcdd".Select((group, i) => $"{{\"problem\":\"{group}\",\"answer\":\"1\",\"completion\":\"{i}\"}}\n");
        await new GradingPipeline(grading, new SampleReader()).RunAsync(
            RowReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(rows))), cancellation: TestContext.Current.CancellationToken),
            (_, _) => Task.CompletedTask,
            TestContext.Current.CancellationToken);
        Assert.Equal(calls, string.Join('|', grading.Calls));
    }

    [Fact]
    public async Task What_was_read_before_the_rows_broke_off_is_written()
    {
        var written = new List<long>();
        await Assert.ThrowsAsync<InvalidDataException>(() => new GradingPipeline(new Scoring(), new SampleReader()).RunAsync(
            RowReader.ReadAsync(new MemoryStream("[{\"answer\":1,\"completion\":\"1\"},{\"answer\":1,\"completion\":\"1\"},"u8.ToArray()), cancellation: TestContext.Current.CancellationToken),
            (lines, _) =>
            {
                written.AddRange(lines.Select(line => line.Row));
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken));
        Assert.Equal([1, 2], written);
    }

    [Fact]
    public async Task A_group_of_more_bytes_than_are_held_is_told_with_its_row()
    {
        var written = new List<long>();
        var rows = string.Concat("abbbb".Select(problem => $"{{\"problem\":\"{problem}\",\"answer\":\"1\",\"completion\":\"{new string('x', 400_000)}\"}}\n"));
        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => new GradingPipeline(new Scoring { NeedsGroups = true }, new SampleReader()) { WindowBytes = 1 << 20 }.RunAsync(
            RowReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(rows)), cancellation: TestContext.Current.CancellationToken),
            (lines, _) =>
            {
                written.AddRange(lines.Select(line => line.Row));
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken));
        Assert.StartsWith("row 4: the rows of one group", exception.Message, StringComparison.Ordinal);
        Assert.Equal([1], written);
    }

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(TaskCanceledException))]
    [InlineData(typeof(OperationCanceledException))]
    public async Task A_fault_ends_the_run_behind_the_rows_before_it_and_none_is_left_out(Type fault)
    {
        var written = new List<long>();
        var rows = string.Concat(Enumerable.Range(1, 40).Select(i => $"{{\"answer\":1,\"completion\":\"{i}\"}}\n"));
        await Assert.ThrowsAsync(fault, () => new GradingPipeline(new Scoring { FaultAt = 20, Fault = fault }, new SampleReader()).RunAsync(
            RowReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(rows)), cancellation: TestContext.Current.CancellationToken),
            (lines, _) =>
            {
                written.AddRange(lines.Select(line => line.Row));
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken));
        Assert.Equal(Enumerable.Range(1, 19).Select(row => (long)row), written);
    }

    [Fact]
    public async Task What_cannot_be_written_ends_the_run_and_nothing_is_written_behind_it()
    {
        var tried = new List<long>();
        var rows = string.Concat(Enumerable.Range(1, 40).Select(i => $"{{\"answer\":1,\"completion\":\"{i}\"}}\n"));
        await Assert.ThrowsAsync<TaskCanceledException>(() => new GradingPipeline(new Scoring(), new SampleReader()).RunAsync(
            RowReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(rows)), cancellation: TestContext.Current.CancellationToken),
            (lines, _) =>
            {
                tried.Add(lines[0].Row);
                return lines[0].Row == 5 ? throw new TaskCanceledException("the store is slow") : Task.CompletedTask;
            },
            TestContext.Current.CancellationToken));
        Assert.Equal([1, 2, 3, 4, 5], tried);
    }

    /// <summary>Gives everything 1, and remembers what came in one call.</summary>
    private sealed class Scoring : IGrading
    {
        public RunIdentity Identity { get; } = new("r@1", "0123456789abcdef", "test");

        public bool NeedsGroups { get; init; }

        public int Parallelism { get; init; } = 4;

        public int BatchSize { get; init; } = 1;

        public List<string> Calls { get; } = [];

        public long FaultAt { get; init; }

        public Type? Fault { get; init; }

        public async Task<IReadOnlyList<ResultLine>> GradeAsync(IReadOnlyList<Sample> samples, CancellationToken cancellation)
        {
            if (samples[0].Row == FaultAt)
            {
                // The rows behind it are graded by then.
                await Task.Delay(100, CancellationToken.None);
                throw (Exception)Activator.CreateInstance(Fault!)!;
            }

            if (Parallelism == 1)
            {
                Calls.Add(string.Join(',', samples.Select(sample => sample.Row)));
            }

            return [.. samples.Select(sample => ResultLine.Of(sample, new GradedItem(sample.Id, Outcome.Scored, 1, null, []), Identity))];
        }
    }

    /// <summary>Makes rows as they are read.</summary>
    private sealed class Counted(int rows) : Stream
    {
        private byte[] row = [];
        private int number, at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (at == row.Length)
            {
                if (number == rows)
                {
                    return 0;
                }

                (row, at) = (Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"problem\":\"What is {++number}?{new string(' ', 150)}\",\"answer\":{number},\"completion\":\"\\\\boxed{{{number}}}\"}}\n")), 0);
            }

            var read = Math.Min(count, row.Length - at);
            row.AsSpan(at, read).CopyTo(buffer.AsSpan(offset));
            at += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
