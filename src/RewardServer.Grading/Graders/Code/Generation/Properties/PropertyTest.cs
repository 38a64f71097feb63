using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Graders.Code.Generation.Properties;

/// <summary>A test after which a property must hold of its input and output; it is made here alone, and never read.</summary>
/// <param name="Inner">The test, whose output may be compared, too.</param>
/// <param name="Property">The property's program.</param>
internal sealed record PropertyTest(TestCase Inner, ProgramSource Property) : TestCase
{
    public override string Kind => Inner.Kind;

    public override long InputBytes => Inner.InputBytes;

    internal override string InputText => Inner.InputText;
}
