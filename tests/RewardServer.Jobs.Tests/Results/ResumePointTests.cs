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
            var point = await ResumePoint.FindAsync(new MemoryStream(File[..cut]), TestContext.Current.CancellationToken);
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
    public async Task What_is_no_result_is_told() =>
        await Assert.ThrowsAsync<InvalidDataException>(() => ResumePoint.FindAsync(new MemoryStream("{\"row\":1}\n{\"a\":2}\n{\"row\":3}\n"u8.ToArray()), TestContext.Current.CancellationToken));
}
