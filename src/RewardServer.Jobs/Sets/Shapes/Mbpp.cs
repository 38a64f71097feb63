using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Jobs.Sets.Shapes;

/// <summary>MBPP (Austin et al. 2021, arXiv:2108.07732), whole or sanitized: a problem in words, and a list of assertions.</summary>
internal sealed class Mbpp : ISetShape
{
    public string Name => "mbpp";

    public string Description => "task_id, text or prompt, test_list";

    public bool Fits(Columns columns) => columns.Have("test_list") && (columns.Have("text") || columns.Have("prompt"));

    public SetRow Read(Columns columns)
    {
        var asserts = columns.List("test_list").Select(test => test.ValueKind == JsonValueKind.String ? JsonTexts.Of(test) : throw new RowException("has a 'test_list' with what is no text")).ToList();
        if (asserts.Count == 0)
        {
            throw new RowException("has no tests: its 'test_list' is empty");
        }

        var imports = columns.Find("test_imports") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Where(import => import.ValueKind == JsonValueKind.String).Select(JsonTexts.Of) : [];
        var setup = string.Join('\n', imports.Append(columns.TextOrNull("test_setup_code")).Where(line => !string.IsNullOrEmpty(line)));
        var harness = string.Join('\n', (setup.Length > 0 ? [setup] : Array.Empty<string>()).Concat(asserts));
        // As the paper has its models asked: the assertions tell what the function is called.
        var prompt = $"{columns.TextOrNull("text", "prompt")}\nYour code should pass these tests:\n{string.Join('\n', asserts)}";
        return new(columns.TextOrNull("task_id") is { } id ? id.All(char.IsAsciiDigit) ? $"MBPP/{id}" : id : null, prompt, new CodeTask("python", [new CheckTest(harness)]))
        {
            Gold = columns.TextOrNull("code") is { } code ? WrittenPrograms.Fenced(code) : null,
            Complete = WrittenPrograms.Complete,
        };
    }
}
