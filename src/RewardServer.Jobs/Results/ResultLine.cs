using System.Buffers;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;
using RewardServer.Jobs.Running;

namespace RewardServer.Jobs.Results;

/// <summary>The result of one sample as it is kept: a line of JSON, with what a run counts of it.</summary>
/// <param name="Row">The number of its row in the input.</param>
/// <param name="Sample">Which of the row's completions, from 0.</param>
/// <param name="Outcome">How its grading ended.</param>
/// <param name="Reward">The scalar; null unless scored.</param>
/// <param name="Json">The line, a JSON object without its end of line.</param>
public sealed record ResultLine(long Row, int Sample, Outcome Outcome, double? Reward, ReadOnlyMemory<byte> Json)
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = ItemJson.Options.Encoder, SkipValidation = true };

    /// <summary>The line of a sample.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="graded">What it earned; its members follow those of the sample.</param>
    /// <param name="identity">By what it was graded.</param>
    public static ResultLine Of(Sample sample, GradedItem graded, RunIdentity identity) =>
        new(sample.Row, sample.Index, graded.Outcome, graded.Reward, Line(sample, JsonSerializer.SerializeToUtf8Bytes(graded, ItemJson.Options), identity));

    /// <summary>The line of a sample that a server graded.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="graded">What it earned, as <c>POST /v1/grade</c> answers it.</param>
    /// <param name="outcome">Its outcome.</param>
    /// <param name="reward">Its reward.</param>
    /// <param name="identity">By what it was graded.</param>
    public static ResultLine Of(Sample sample, ReadOnlySpan<byte> graded, Outcome outcome, double? reward, RunIdentity identity) =>
        new(sample.Row, sample.Index, outcome, reward, Line(sample, graded, identity));

    private static byte[] Line(Sample sample, ReadOnlySpan<byte> graded, RunIdentity identity)
    {
        var output = new ArrayBufferWriter<byte>(graded.Length + 256);
        using (var writer = new Utf8JsonWriter(output, Writing))
        {
            writer.WriteStartObject();
            writer.WriteNumber("row", sample.Row);
            writer.WriteNumber("sample", sample.Index);
            writer.WriteString("rubric", identity.Rubric);
            writer.WriteString("rubricHash", identity.RubricHash);
            writer.WriteString("engine", identity.Engine);
            if (identity.RightBy is { } rightBy)
            {
                writer.WriteString(RightBy.Member, rightBy);
            }

            if (sample.Item is { } item)
            {
                writer.WriteNumber("completionChars", item.CompletionText?.Length ?? 0);
                if (item.CompletionTokens is { } tokens)
                {
                    writer.WriteNumber("completionTokens", tokens);
                }
            }

            if (sample.Columns.Count > 0)
            {
                writer.WriteStartObject("columns");
                foreach (var (name, value) in sample.Columns)
                {
                    writer.WriteString(name, value);
                }

                writer.WriteEndObject();
            }
        }

        // One object after the other: the members of the second follow, without its opening brace.
        output.Write(","u8);
        output.Write(graded[1..]);
        return output.WrittenSpan.ToArray();
    }
}
