using System.Text;
using RewardServer.Jobs.Results;

namespace RewardServer.Jobs.Tests.Results;

public sealed class ResumePointTests
{
    // Rows 1 and 4 have several samples; rows 2 and 3 are of one group.
    private static readonly (long Row, string Group)[] Lines = [(1, "a"), (1, "a"), (2, "b"), (3, "b"), (4, "c"), (4, "c"), (4, "c"), (6, "d")];

    private static readonly byte[] File = Encoding.UTF8.GetBytes(string.Concat(Lines.Select(line => $"{{\"row\":{line.Row},\"group\":\"{line.Group}\",\"text\":\"é\"}}\n")));

    [Fact]
    public async Task Of_results_that_were_cut_off_at_any_byte_whole_groups_stay()
    {
        for (var cut = 0; cut <= File.Length; cut++)
        {
            var point = await ResumePoint.FindAsync(new MemoryStream(File[..cut]), wholeGroups: true, TestContext.Current.CancellationToken);
            var kept = Encoding.UTF8.GetString(File[..(int)point.Length]);
            Assert.Equal(point.Lines, kept.Count(character => character == '\n'));
            Assert.Equal(Lines.Where(line => line.Row <= point.Row), Lines.Take((int)point.Lines));
            Assert.DoesNotContain(Lines[(int)point.Lines..], line => point.Lines > 0 && line.Group == Lines[(int)point.Lines - 1].Group);
            // No more is cut off than the last group that is there.
            var whole = Encoding.UTF8.GetString(File[..cut]).Count(character => character == '\n');
            Assert.True(whole == 0 || point.Lines >= Lines.Take(whole).TakeWhile(line => line.Group != Lines[whole - 1].Group).Count());
        }
    }

    [Fact]
    public async Task Where_groups_are_not_graded_together_all_rows_but_the_last_stay()
    {
        for (var cut = 0; cut <= File.Length; cut++)
        {
            var point = await ResumePoint.FindAsync(new MemoryStream(File[..cut]), wholeGroups: false, TestContext.Current.CancellationToken);
            var whole = Encoding.UTF8.GetString(File[..cut]).Count(character => character == '\n');
            Assert.Equal(Lines.Take(whole).TakeWhile(line => line.Row != Lines[whole - 1].Row).Count(), point.Lines);
        }
    }

    [Theory]
    [InlineData("{\"row\":1}\n{\"a\":2}\n{\"row\":3}\n")]
    [InlineData("{\"row\":1}\n{\"row\":3}\n{\"row\":2}\n")]
    public async Task What_is_no_result_or_out_of_order_is_told(string lines) =>
        await Assert.ThrowsAsync<InvalidDataException>(() => ResumePoint.FindAsync(new MemoryStream(Encoding.UTF8.GetBytes(lines)), wholeGroups: false, TestContext.Current.CancellationToken));

    [Theory]
    [InlineData(false, "1-2,5-5,7-7", 8)]
    [InlineData(true, "1-2,4-7", 7)]
    public async Task Rows_that_failed_are_known_alone_or_with_their_groups(bool wholeGroups, string failed, long last)
    {
        (string Group, string Outcome)[] rows =
        [
            ("a", "failed"), ("b", "failed"), ("c", "scored"), ("d", "scored"), ("d", "failed"), ("d", "skipped"), ("e", "failed"), ("f", "scored"), ("f", "failed"),
        ];
        var lines = string.Concat(rows.Select((row, i) => $"{{\"row\":{i + 1},\"group\":\"{row.Group}\",\"outcome\":\"{row.Outcome}\"}}\n"));
        var point = await ResumePoint.FindAsync(new MemoryStream(Encoding.UTF8.GetBytes(lines)), wholeGroups, TestContext.Current.CancellationToken);
        Assert.Equal(failed, string.Join(',', point.Failed.Select(range => $"{range.First}-{range.Last}")));
        Assert.Equal(last, point.Row);
    }
}
