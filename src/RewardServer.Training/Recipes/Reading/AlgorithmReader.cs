using RewardServer.Training.Algorithms;

namespace RewardServer.Training.Recipes.Reading;

/// <summary>Reads a preset and what differs from it.</summary>
internal static class AlgorithmReader
{
    // As Algorithm itself says.
    private const double Most = 1000;

    public static AlgorithmRecipe? Read(RecipeSection? section, RecipeCatalog catalog)
    {
        if (section is null)
        {
            return null;
        }

        var read = new AlgorithmRecipe(section.Word("name", catalog.Algorithms))
        {
            ClipLow = section.NumberOrNull("clipLow", Bounds.Share),
            ClipHigh = section.NumberOrNull("clipHigh", new(0, Most)),
            KlCoefficient = section.NumberOrNull("klCoefficient", new(0, Most)),
            EntropyCoefficient = section.NumberOrNull("entropyCoefficient", new(0, Most)),
            KlPlacement = section.KindOrNull<KlPlacementKind>("klPlacement"),
            Gamma = section.NumberOrNull("gamma", Bounds.Share),
            Lambda = section.NumberOrNull("lambda", Bounds.Share),
            ValueClip = section.NumberOrNull("valueClip", new(0, Most, Above: true)),
            CriticRate = section.NumberOrNull("criticRate", new(0, Most, Above: true)),
            BaselineMomentum = section.NumberOrNull("baselineMomentum", Bounds.Share),
            DynamicSampling = section.TruthOrNull("dynamicSampling"),
            SamplingRounds = section.WholeOrNull("samplingRounds", new(1, Most)),
            MaskTruncated = section.TruthOrNull("maskTruncated"),
            Advantage = section.KindOrNull<AdvantageKind>("advantage"),
            AdvantageEpsilon = section.NumberOrNull("advantageEpsilon", Bounds.Share),
            Loss = section.KindOrNull<LossKind>("loss"),
            Weighting = section.KindOrNull<WeightingKind>("weighting"),
        };
        section.Close();
        return read;
    }
}
