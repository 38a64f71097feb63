using System.Runtime.InteropServices;

namespace RewardServer.Grading.Graders.Language.Words;

/// <summary>Words of one script that follow each other within a sentence, or a clause of it.</summary>
/// <param name="Start">Where the first begins.</param>
/// <param name="End">Where the last ends.</param>
/// <param name="Words">How many there are.</param>
/// <param name="Kana">How many of them are kana.</param>
/// <param name="Sentence">The number of the sentence.</param>
/// <param name="Script">What they are written in.</param>
/// <param name="Letters">For Latin words that were asked for: where they stand in what was collected.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WordRun(int Start, int End, int Words, int Kana, int Sentence, Script Script, Range Letters);
