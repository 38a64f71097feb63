using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code;

namespace RewardServer.Grading.Tests.Graders.Code;

/// <summary>Programs in Java that begin in a class of any name.</summary>
public sealed class JavaStartTests(SharedSandbox sandbox)
{
    private const string Body = "public static void main(String[] args) { var in = new java.util.Scanner(System.in); System.out.println(new Helper().twice(in.nextInt())); }";

    [Theory]
    [InlineData($"class Helper {{ int twice(int x) {{ return 2 * x; }} }}\npublic class Doubler {{ {Body} }}")]
    [InlineData($"package a.b;\nimport java.util.*;\npublic final class Doubler {{\n  static class Helper {{ int twice(int x) {{ return 2 * x; }} }}\n  {Body}\n}}")]
    [InlineData($"class Doubler {{ {Body} }}\nclass Helper {{ int twice(int x) {{ return 2 * x; }} }} // public class Main {{ }}")]
    [InlineData($"package a;\npublic class Main {{ {Body} }}\nrecord Helper() {{ int twice(int x) {{ return 2 * x; }} }}")]
    public async Task Any_class_may_have_the_function_main(string source)
    {
        sandbox.Need();
        Assert.SkipUnless(sandbox.Pool.Languages.Any(language => language is { Name: "java", Available: true }), "there is no Java here");
        var task = new CodeTask("java", [new StdioTest("21\n", "42\n")], new(CpuSeconds: 20, WallSeconds: 60));
        var item = new Item { Id = "1", Prompt = "?", Completion = $"```java\n{source}\n```", Task = task };
        var verdict = await new CodeGrader(new(), new(), sandbox.Pool).GradeAsync(item, task, TestContext.Current.CancellationToken);
        Assert.True(verdict.Score == 1, verdict.Reason);
    }
}
