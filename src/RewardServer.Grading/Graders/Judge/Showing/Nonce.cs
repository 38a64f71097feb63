using System.Security.Cryptography;
using System.Text;

namespace RewardServer.Grading.Graders.Judge.Showing;

/// <summary>
/// A word that no candidate can know, the same for the same question: its keyed hash. A reply that gives one away is of no use for another text,
/// whose word is another.
/// </summary>
/// <param name="secret">Keys it; null for a random key, which lasts as long as this server.</param>
internal sealed class Nonce(string? secret)
{
    private const int Letters = 16, KeyBytes = 32;

    private readonly byte[] key = secret is null ? RandomNumberGenerator.GetBytes(KeyBytes) : Encoding.UTF8.GetBytes(secret);

    /// <summary>The word of a question.</summary>
    public string Of(JudgeQuestion question) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(question.Key())))[..Letters];
}
