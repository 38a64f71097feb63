namespace RewardServer.Grading.Graders.Length;

/// <summary>What a length earns.</summary>
public static class LengthScore
{
    /// <summary>
    /// Along half a cosine from the bound at length 0 to the one at the limit, where it stays.
    /// ("Demystifying Long Chain-of-Thought Reasoning in LLMs", arXiv:2502.03373, section on the cosine reward; its r_e is <c>exceeded</c>.
    /// open-r1's <c>get_cosine_scaled_reward</c> takes its bounds' names from it.)
    /// </summary>
    /// <param name="right">Whether the answer is right.</param>
    /// <param name="length">Its length.</param>
    /// <param name="options">The bounds.</param>
    public static double Cosine(bool right, int length, LengthOptions options)
    {
        if (length >= options.MaxTokens && options.Exceeded is { } exceeded)
        {
            return exceeded;
        }

        var (atNone, atLimit) = right ? (options.MaxRight, options.MinRight) : (options.MinWrong, options.MaxWrong);
        var cosine = Math.Cos(Math.PI * Math.Min(1, (double)length / options.MaxTokens));
        var score = atLimit + (0.5 * (atNone - atLimit) * (1 + cosine));
        return Math.Clamp(score, Math.Min(atNone, atLimit), Math.Max(atNone, atLimit));
    }

    /// <summary>
    /// 0 up to the cache before the limit, then down to -1 at the limit, and -1 beyond it. (DAPO, arXiv:2503.14476, equation 13.)
    /// </summary>
    /// <param name="length">The length.</param>
    /// <param name="options">The limit, and the cache before it.</param>
    public static double Overlong(int length, LengthOptions options)
    {
        var free = options.MaxTokens - options.Cache;
        return length <= free ? 0 : Math.Max(-1, (free - (double)length) / options.Cache);
    }
}
