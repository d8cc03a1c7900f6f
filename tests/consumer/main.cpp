#include <glane/extract.h>

#include <iostream>

int main() {
  const glane::RuleSet rules = glane::RuleSet::load(RULES_DIR);
  glane::Article article;
  article.id = "outside";
  article.text = "Le groupe promet 59 milliards EUR d’ici 2030.";
  std::cout << glane::to_json(glane::extract(article, rules), rules) << '\n';
}
