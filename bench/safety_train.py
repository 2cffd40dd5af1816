"""Learns `tips/content/safety_weights.json`: one logistic regression for "any alarm" and one for each flag.

`python -m bench safety_train` takes the tuning half, our own wording and the lists of the rules, never the held-out
half. Same input, same file. Needs scikit-learn (the dependency group `train`); the site itself does not.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings

from bench.safety_data import Post, corpus, own, voices, written
from tips.safety import find, judging
from tips.safety.concepts import lexicon
from tips.safety.rules import flags
from tips.safety.weights import FILE, WHOLE

STRENGTH = 0.3  # C of the regression: smaller is plainer
KINDS = {"s": 0.5, "x": 0.5, "P": 0.7, "q": 0.5}  # how loud these kinds of features speak
KINDS_OTHERS = 1.0
SEEN = {"x": 3}  # passages in which a feature must occur
SEEN_OTHERS = 2
REAL_COUNTS = 1.5  # a miss is worse than a false alarm
ROUNDS = 2  # first from short posts; then from the loudest passage of the long ones
LEANS = {  # added to the log odds of flags that the general alarm hears too little or too much of
    "fragility-fracture": 0.8,
    "spinal-infection": 1.2,
    "cancer-and-spine": 1.2,
    "leg-weakness-foot-drop": 1.2,
    "cord-myelopathy": 1.2,
    "blood-clot": 0.8,
    "stroke-or-neck-artery": -0.3,
    "kidney": 1.2,
}
LEAST = 0.02  # weights nearer to nothing are left out
THRESHOLDS = {"alarm": 0.75, "kept": 0.5, "beside": -2.7, "beside a rule": 0.0, "raised": 0.0}


@dataclass(frozen=True)
class Passage:
    post: int
    features: frozenset[str]


def passages(posts: Sequence[Post]) -> list[Passage]:
    found = []
    for number, post in enumerate(posts):
        telling = find.told(post.text)
        common = judging.background(telling)
        for first, last in judging.passages(telling.reading.lengths):
            found.append(Passage(number, frozenset(judging.features(telling, first, last) | common)))
    return found


def vocabulary(read: Iterable[Passage]) -> dict[str, int]:
    counts = Counter(feature for passage in read for feature in passage.features)
    kept = sorted(name for name, count in counts.items() if count >= SEEN.get(name[0], SEEN_OTHERS))
    return {name: place for place, name in enumerate(kept)}


def labels() -> list[str]:
    return [each.slug for each in flags()] + [f"{each.slug}+E" for each in flags() if each.raises]


def learn(posts: Sequence[Post]) -> dict[str, Any]:
    """The weights file for these posts."""
    read = passages(posts)
    places = vocabulary(read)
    matrix = _matrix(read, places)
    models = {"any": _fit(matrix, read, posts, lambda post: bool(post.marks))}
    for label in labels():
        models[label] = _fit(matrix, read, posts, partial(_says, label))
    return _as_data(models, places, posts)


def version(posts: Sequence[Post]) -> str:
    """That of the classes of words, and a digest of what is learnt from."""
    texts = "\n".join(f"{post.text}{sorted(post.marks)}" for post in posts)
    return f"{lexicon().version}-{hashlib.sha256(texts.encode()).hexdigest()[:8]}"


def everything() -> list[Post]:
    """What the site's weights are learnt from: never the held-out half."""
    return own() + voices() + written() + corpus("tuning")


def main() -> dict[str, object]:
    posts = everything()
    data = learn(posts)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).replace('],"', '],\n"')
    (settings.CONTENT_DIR / FILE).write_text(text + "\n", encoding="utf-8")
    print(f"Learnt from {len(posts):,} posts: {len(data['features']):,} features, version {data['version']}.")
    return {"posts": len(posts), "features": len(data["features"]), "version": data["version"]}


def _says(label: str, post: Post) -> bool | None:
    """Whether the post should raise the label; None where either answer is right."""
    slug = label.removesuffix("+E")
    if (label in post.marks) if label.endswith("+E") else (slug in post.slugs):
        return True
    return None if slug in post.beside else False


def _matrix(read: Sequence[Passage], places: dict[str, int]) -> Any:
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - only for training

    cells = [
        (row, places[name], KINDS.get(name[0], KINDS_OTHERS))
        for row, each in enumerate(read)
        for name in each.features
        if name in places
    ]
    rows, columns, values = zip(*cells, strict=True)
    return csr_matrix((values, (rows, columns)), shape=(len(read), len(places)))


def _fit(matrix: Any, read: Sequence[Passage], posts: Sequence[Post], says: Callable[[Post], bool | None]) -> Any:
    import numpy as np  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    answers = [says(posts[each.post]) for each in read]
    sizes = Counter(each.post for each in read)
    wanted = np.array([answer is True for answer in answers])
    counts = np.array([0.0 if answer is None else REAL_COUNTS if answer else 1.0 for answer in answers])
    is_long = np.array([sizes[each.post] > 1 for each in read])
    loudest = ~(wanted & is_long)
    for _ in range(ROUNDS):
        chosen = (counts > 0) & loudest
        model = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=200, tol=1e-3)
        model.fit(matrix[chosen], wanted[chosen], sample_weight=counts[chosen])
        loudest = _loudest(matrix @ model.coef_[0], read, wanted & is_long)
    return model


def _loudest(scores: Any, read: Sequence[Passage], unsure: Any) -> Any:
    """All passages but those of long real posts; of each of these, the one that sounds most alarming."""
    import numpy as np  # noqa: PLC0415

    best: dict[int, int] = {}
    for row in map(int, np.flatnonzero(unsure)):
        post = read[row].post
        if post not in best or scores[row] > scores[best[post]]:
            best[post] = row
    chosen = ~unsure
    chosen[list(best.values())] = True
    return chosen


def _as_data(models: dict[str, Any], places: dict[str, int], posts: Sequence[Post]) -> dict[str, Any]:
    features = {name: _weighed(_loudly(models, name, place)) for name, place in places.items()}
    return {
        "version": version(posts),
        "labels": labels(),
        "start": _weighed([float(model.intercept_[0]) + LEANS.get(label, 0.0) for label, model in models.items()]),
        "thresholds": THRESHOLDS,
        "features": {name: each for name, each in features.items() if any(each)},
    }


def _weighed(weights: Sequence[float]) -> list[int]:
    """As `weights.parse` reads them: that for any alarm, then places of labels, each with its weight."""
    alarm, *flags = [round(WHOLE * weight) if abs(weight) >= LEAST else 0 for weight in weights]
    return [alarm, *(each for place, weight in enumerate(flags) if weight for each in (place, weight))]


def _loudly(models: dict[str, Any], name: str, place: int) -> list[float]:
    kind = KINDS.get(name[0], KINDS_OTHERS)
    return [float(model.coef_[0][place]) * kind for model in models.values()]
