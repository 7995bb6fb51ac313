import numpy as np
import pytest
import torch

from models.pos_data import Example, WordBank
from models.pos_network import TaggerNetwork, WordTensors
from models.pos_settings import NetworkSettings, TrainingSettings
from models.pos_train import batches, loss_of, make_batch, train
from tests.candidates import candidate
from transforms.context_network import Network
from transforms.lemma_priors import LemmaPriors
from transforms.readings import Reader
from transforms.values import ValueTable
from transforms.word_features import Vocabulary

SMALL = NetworkSettings(width=16, parts=8, dropout=0.0, form_dropout=0.0, affix_dropout=0.0)


@pytest.fixture(scope="module")
def bank():
    table = ValueTable(["pos=noun", "pos=verb"])
    reader = Reader(LemmaPriors({}, {}, {}), table)
    bank = WordBank(table, Vocabulary(["لم", "ثلاثة"], ["^ك", "ب$"]), reader)
    both = [candidate("كُتُب", "كِتاب", "noun", "-3"), candidate("كَتَبَ", "كَتَب", "verb", "-3")]
    for word, candidates in (("لم", []), ("ثلاثة", []), ("كتب", both)):
        bank.add(word, reader.readings(word, word, candidates) if candidates else None)
    return bank


def example(bank, first, right):
    second = bank.number["كتب"]
    return Example(np.array([bank.number[first], second]), (None, np.array(right)))


@pytest.fixture(scope="module")
def trained(bank):
    torch.manual_seed(1)
    torch.set_num_threads(1)
    # The readings of كتب come in the order of their forms: the verb first.
    given = [example(bank, "لم", [True, False]), example(bank, "ثلاثة", [False, True])] * 8
    network = TaggerNetwork(3, 3, 3, 2, SMALL)
    words = WordTensors.of(bank.seen, np.zeros((3, 2), np.int8), 3)
    settings = TrainingSettings(epochs=40, batch_words=8, warm_up=5, learning_rate=0.01)
    train(network, given, bank, words, settings)
    return network, words


def test_the_network_learns_to_choose_by_the_word_before(bank, trained):
    network, words = trained
    for first, right in (("لم", [True, False]), ("ثلاثة", [False, True])):
        loss = loss_of(network, make_batch([example(bank, first, right)], bank), words)
        assert loss.item() < 0.1


def test_numpy_computes_what_pytorch_does(bank, trained):
    network, words = trained
    numbers = [bank.number["لم"], bank.number["كتب"]]
    with torch.no_grad():
        expected = network(torch.tensor([numbers]), torch.ones(1, 2), words)[0].numpy()
    exact = Network(network.weights())
    vectors = exact.word_vectors([bank.seen[n] for n in numbers], np.zeros((2, 2), np.int8))
    assert exact.logits(vectors, [2]) == pytest.approx(expected, abs=0.05)


def test_a_batch_without_anything_to_learn_has_no_loss(bank, trained):
    network, words = trained
    silent = Example(np.array([0, 1]), (None, None))
    assert loss_of(network, make_batch([silent], bank), words).item() == 0.0


def test_batches_hold_every_sentence_once(bank):
    given = [example(bank, "لم", [True, False])] * 23
    found = batches(given, 8, np.random.default_rng(1))
    assert sorted(index for batch in found for index in batch) == list(range(23))
