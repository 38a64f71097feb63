using System.Text;
using RewardServer.Cli.Grade;
using RewardServer.Grading.Graders;
using RewardServer.Jobs.Reports;
using RewardServer.Jobs.Results;

namespace RewardServer.Tests.Cli.Grade;

public sealed class RunReportTests
{
    [Theory]
    [InlineData("/proc")]
    [InlineData("/sys")]
    public void Where_its_temporary_file_may_not_be_made_the_run_is_counted_on_without_it(string folder)
    {
        Assert.SkipUnless(Directory.Exists(folder), "needs a folder in which nobody may write");
        using var report = new RunReport(new ReportOptions { MemoryBytes = 0, Folder = folder });
        var json = Encoding.UTF8.GetBytes("""{"row":1,"id":"a","outcome":"scored","reward":1}""");
        report.Add([new ResultLine(1, 0, Outcome.Scored, 1, json), new ResultLine(2, 0, Outcome.Scored, 1, json)]);
        Assert.Equal((2, 2), (report.Tally.Scored, report.Tally.LastRow));
        Assert.NotNull(report.Fault);
        Assert.Null(report.Build());
    }
}
