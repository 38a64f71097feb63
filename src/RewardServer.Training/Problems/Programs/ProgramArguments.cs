namespace RewardServer.Training.Problems.Programs;

/// <summary>What programs are tested with. No question shows it.</summary>
internal static class ProgramArguments
{
    // Where so many draws find none, there are none.
    private const int MostDraws = 15;

    private const int ShortestList = 5, LongestList = 7;

    // With many an a, which is counted, and letters that are there twice.
    private const string Letters = "aaabcdefg";

    /// <summary>
    /// Arguments that tell a program from those that leave out one of the things that it does, and from one that always returns the same. Who prints what one test
    /// wants fails the others.
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="count">How many arguments.</param>
    /// <param name="random">What draws them.</param>
    /// <returns>The arguments; null where there are none: something that the program does makes no difference.</returns>
    public static object[]? Of(SmallProgram program, int count, Random random)
    {
        for (var draw = 0; draw < MostDraws; draw++)
        {
            var arguments = Enumerable.Range(0, count).Select(_ => program.OnTexts ? Text(random) : (object)List(random)).ToArray();
            var results = arguments.Select(argument => program.Run(argument)?.GetRawText()).ToArray();
            if (!results.Contains(null)
                && results.Distinct().Skip(1).Any()
                && Enumerable.Range(0, program.Operations.Length).All(place => !program.Agrees(program.Without(place), arguments)))
            {
                return arguments;
            }
        }

        return null;
    }

    private static int[] List(Random random) => [.. Enumerable.Range(0, random.Next(ShortestList, LongestList + 1)).Select(_ => random.Next(10))];

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(ShortestList, LongestList + 1)).Select(_ => Letters[random.Next(Letters.Length)]));
}
