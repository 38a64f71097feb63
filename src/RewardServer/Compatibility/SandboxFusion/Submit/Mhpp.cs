using RewardServer.Grading.Completions;

namespace RewardServer.Compatibility.SandboxFusion.Submit;

/// <summary>MHPPDataset: a Python function and a check of it (sandbox/datasets/mhpp.py). Its rows have <c>content</c> and <c>test</c>.</summary>
internal static class Mhpp
{
    /// <summary>Reads a row.</summary>
    public static JudgedProblem Read(ProvidedRow row, SubmitRequest request)
    {
        var labels = row.Has("labels") ? row.Object("labels").Value : (object?)null;
        return new()
        {
            Language = "python",
            Tests = [new CheckTest(row.Text("test"))],
            Prompt = row.Text("content", ""),
            TestInfo = (_, _) => labels,
        };
    }
}
