# Every way to work with a checkout. Needs Python 3.11 or newer and make; the rest goes into .venv.

PYTHON := $(shell for candidate in python3 python3.13 python3.12 python3.11 python3.14; do \
	"$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && \
	{ echo "$$candidate"; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
SLOWLY := nice -n 19

.DEFAULT_GOAL := help
.PHONY: help run hub test check lint types contracts soak bench pictures words servers

help: ## 列出可用的命令 list what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile

run: $(INSTALLED) ## 打开演练厅 open the training hall
	@$(BIN)/hallterm train

hub: $(INSTALLED) ## 运行一个演练厅的中心 run a hub with a training hall
	@$(BIN)/hallterm hub serve --training --listen 127.0.0.1:8443

test: $(INSTALLED) ## 跑测试 run the tests
	@$(BIN)/pytest -n 2 --dist worksteal

check: lint types contracts test ## 检查全部 lint, types, import contracts and tests

lint: $(INSTALLED)
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(INSTALLED)
	$(BIN)/mypy

contracts: $(INSTALLED)
	$(BIN)/lint-imports --no-cache

soak: $(INSTALLED) ## 跑长时间的测试 run the tests that take long
	$(SLOWLY) $(BIN)/pytest -m soak

bench: $(INSTALLED) ## 量速度，写 bench.json measure the speed
	$(BIN)/python -m tests.bench

pictures: $(INSTALLED) ## 拍文档里的画面 take the pictures of the documents
	$(BIN)/python -m tests.pictures

words: $(INSTALLED) ## 收集文字、编译译文 collect texts and compile translations
	$(BIN)/pybabel -q extract -F data/locale/babel.cfg -k mark -k ngettext:1,2 --no-location \
		--omit-header --sort-output -o data/locale/hallterm.pot hallterm screens
	$(BIN)/pybabel -q update -D hallterm -i data/locale/hallterm.pot -d data/locale \
		--no-fuzzy-matching
	$(BIN)/pybabel -q compile -D hallterm -d data/locale

servers: ## 装测试用的收信服务器（Debian，要 root） install the mail server that tests talk to
	@test "$$(id -u)" = 0 || { echo '要用 root 运行。Run this as root.' >&2; exit 2; }
	apt-get install -y --no-install-recommends dovecot-imapd

# The stamp is older than pyproject.toml when something in there may have changed.
$(INSTALLED): pyproject.toml
	@test -n "$(PYTHON)" || { \
		echo '需要 Python 3.11 或更新的版本，请先安装。Python 3.11 or newer is needed.' >&2; exit 2; }
	@test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); \
		echo '建不了虚拟环境：请安装 python3-venv。Please install python3-venv.' >&2; exit 2; }
	@echo '正在安装依赖，请稍候…  Installing, please wait …'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@
