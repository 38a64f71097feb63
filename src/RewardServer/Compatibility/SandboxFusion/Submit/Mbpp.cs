using RewardServer.Grading.Completions;

namespace RewardServer.Compatibility.SandboxFusion.Submit;

/// <summary>
/// MBPPDataset: a Python function and assertions about it (sandbox/datasets/mbpp.py). Its rows have <c>content</c>, <c>labels</c> with
/// <c>test_setup_code</c>, and <c>test_list</c>. After examples in the prompt, only the last assertion counts.
/// </summary>
internal static class Mbpp
{
    private static readonly string[] Ends = ["\nassert", "\n\"\"\"", "if __name__ =="];

    /// <summary>Reads a row.</summary>
    public static JudgedProblem Read(ProvidedRow row, SubmitRequest request)
    {
        var asserts = row.Texts("test_list");
        var setup = row.Has("labels") ? row.Object("labels").Text("test_setup_code", "") : "";
        if (asserts.Count == 0)
        {
            return JudgedProblem.Not("the problem has no assertion in test_list");
        }

        var check = string.Join('\n', request.Settings.IsFewshot == true ? asserts.TakeLast(1) : asserts);
        return new()
        {
            Language = "python",
            Tests = [new CheckTest(check, setup.Length > 0 ? setup : null)],
            Prepare = completion => CodeTexts.After(CodeTexts.Before(completion, "[DONE]"), "[BEGIN]"),
            Cut = code => Ends.Aggregate(code, CodeTexts.Before),
            Program = code => setup.Length > 0 ? $"{setup}\n{code}" : code,
        };
    }
}
